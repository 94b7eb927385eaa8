using System.Net;
using System.Net.Sockets;
using OrleansCluster.Silo.Hosting;

namespace OrleansCluster.Tests.Api.EndToEnd;

/// <summary>A silo that cannot run says why in one line and ends with an exit code, not with a crash.</summary>
public sealed class StartFailureTests : IDisposable
{
    private const int Failed = 1;
    private const int BadUsage = 2;

    private readonly string _data = Directory.CreateTempSubdirectory("ocs-start-").FullName;

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Fact]
    public async Task Run_DataFolderInUse_NamesItsUser()
    {
        await using var silo = await SimulatedSilo.Start(_data);

        var (code, error) = await Run("--data", _data, "--listen", "127.0.0.1:0");

        Assert.Equal(Failed, code);
        Assert.Contains($"is in use by process {Environment.ProcessId}", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_PortInUse_NamesIt()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();

        var (code, error) = await Run("--data", _data, "--listen", $"{taken.LocalEndpoint}");

        Assert.Equal(Failed, code);
        Assert.Contains($"{taken.LocalEndpoint}: address already in use", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_NoDatabase_NamesTheFile()
    {
        var file = Path.Combine(_data, "cluster.db");
        await File.WriteAllTextAsync(file, new string('x', 8192), TestContext.Current.CancellationToken);

        var (code, error) = await Run("--data", _data, "--listen", "127.0.0.1:0");

        Assert.Equal(Failed, code);
        Assert.Contains(file, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_ManyBadOptions_AllOfThemAtOnce()
    {
        var (code, error) = await Run("--listen", "0.0.0.0:7070", "--docker-host", "ssh://host", "--runtime", "docker", "--nodes", "0");

        Assert.Equal(BadUsage, code);
        foreach (var fault in (string[])["--nodes: '0' found", "--listen: The API does not listen on 0.0.0.0:7070", "--docker-host: DOCKER_HOST is 'ssh://host'"])
            Assert.Contains($"ocs-silo: {fault}", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--attribute: 'zone' found; expected NAME=VALUE", "--attribute", "zone")]
    [InlineData("--attribute: '' found; expected NAME=VALUE", "--attribute")]
    [InlineData("--attribute: 'z one' is no name; expected letters", "--attribute", "z one=a")]
    [InlineData("--attribute: zone is 'a=b'; expected letters", "--attribute=zone=a=b")]
    [InlineData("--attribute: 'Zone' has two values", "--attribute", "zone=a", "--attribute", "Zone=b")]
    public async Task Run_BadAttributes_NamesWhatIsExpected(string fault, params string[] options)
    {
        var (code, error) = await Run(["--data", _data, "--listen", "127.0.0.1:0", "--runtime", "none", .. options]);

        Assert.Equal(BadUsage, code);
        Assert.StartsWith($"ocs-silo: {fault}", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--gpu: 'A100' found; expected ID=MODEL", "--gpu", "A100")]
    [InlineData("--gpu: '0' has two values", "--gpu", "0=A100", "--gpu=0=T4")]
    [InlineData("--gpu: '?' is no id of a device", "--gpu", "?=A100")]
    [InlineData("--gpu: 'a|b' is no model", "--gpu", "0=a|b")]
    [InlineData("--amount: 'licence' found; expected NAME=N", "--amount", "licence")]
    [InlineData("--amount: 'Licence' is no name", "--amount", "Licence=1")]
    [InlineData("--amount: licence is no amount; expected a whole number from 0 to 1000000", "--amount", "licence=-1")]
    public async Task Run_BadGpusAndAmounts_NamesWhatIsExpected(string fault, params string[] options)
    {
        var (code, error) = await Run(["--data", _data, "--listen", "127.0.0.1:0", "--runtime", "none", .. options]);

        Assert.Equal(BadUsage, code);
        Assert.StartsWith($"ocs-silo: {fault}", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--otlp: 'collector:4317' found", "--otlp", "collector:4317")]
    [InlineData("--otlp: 'http://collector:9999/' found, whose port is neither 4317 nor 4318", "--otlp", "http://collector:9999")]
    [InlineData("--otlp-protocol: 'http' found; expected grpc or http/protobuf", "--otlp", "http://collector:4318", "--otlp-protocol", "http")]
    [InlineData("--otlp-protocol: found without --otlp", "--otlp-protocol", "grpc")]
    public async Task Run_BadOtlpOptions_NamesWhatIsExpected(string fault, params string[] options)
    {
        var (code, error) = await Run(["--data", _data, "--listen", "127.0.0.1:0", .. options]);

        Assert.Equal(BadUsage, code);
        Assert.StartsWith($"ocs-silo: {fault}", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--address: '10.255.255.254' found; expected one on loopback", "--address", "10.255.255.254")]
    [InlineData("--tls-authority: missing beside", "--tls-certificate", "/gone/a")]
    [InlineData("--tls-certificate: missing beside", "--tls-key", "/gone/b", "--tls-authority", "/gone/c")]
    [InlineData("--tls-certificate: found without --postgres", "--tls-certificate", "/gone/a", "--tls-authority", "/gone/c")]
    [InlineData("--tls-authority: '/gone/c' cannot be read (", "--tls-certificate", "/gone/a", "--tls-authority", "/gone/c")]
    public async Task Run_BadTlsOptions_NamesWhatIsExpected(string fault, params string[] options)
    {
        var (code, error) = await Run(["--data", _data, "--listen", "127.0.0.1:0", .. options]);

        Assert.Equal(BadUsage, code);
        var expected = Engine.HasManySilos ? fault : "this silo was built with Engine=Embedded, which is alone and has none of them";
        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.All(error.Trim().Split('\n').SkipLast(1), line => Assert.Matches("^ocs-silo: --(tls|address)", line));
    }

    [Fact]
    public async Task Run_DataIsAFile_NamesTheOption()
    {
        var file = Path.Combine(_data, "file");
        await File.WriteAllTextAsync(file, "", TestContext.Current.CancellationToken);

        var (code, error) = await Run("--data", file, "--listen", "127.0.0.1:0");

        Assert.Equal(BadUsage, code);
        Assert.StartsWith($"ocs-silo: --data: '{file}' cannot be made a folder", error, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Error)> Run(params string[] options)
    {
        await using var error = new StringWriter();
        string[] all = options.Contains("--runtime") ? options : [.. options, "--runtime", "none"];
        return (await SiloProgram.Run(all, error), error.ToString());
    }
}
