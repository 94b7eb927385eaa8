using OrleansCluster.Cli;
using OrleansCluster.Cli.Hosting;
using OrleansCluster.Tests.Api.Sdk;

namespace OrleansCluster.Tests.Api.Cli;

/// <summary>Runs <c>ocs</c> in this process against a fake cluster.</summary>
public abstract class CliTest : IAsyncLifetime
{
    private FakeCluster? _cluster;
    private string _folder = "";

    private protected FakeCluster Cluster => _cluster!;

    /// <summary>Whether the output is a terminal of 80 columns.</summary>
    private protected bool IsTerminal { get; set; }
    private protected string Input { get; set; } = "";

    /// <summary>What commands wait by.</summary>
    private protected TimeProvider Time { get; set; } = new InstantTime();

    public async ValueTask InitializeAsync()
    {
        _cluster = await FakeCluster.StartAsync();
        _folder = Directory.CreateTempSubdirectory("ocs-cli-").FullName;
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await _cluster!.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private protected Task<CliResult> RunAsync(params string[] args) => RunAsync(CancellationToken.None, args);

    private protected async Task<CliResult> RunAsync(CancellationToken cancellationToken, params string[] args)
    {
        var output = new StringWriter();
        var (exitCode, error) = await RunAsync(output, cancellationToken, args);
        return new CliResult(exitCode, output.ToString(), error);
    }

    private protected async Task<(int ExitCode, string Error)> RunAsync(TextWriter output, CancellationToken cancellationToken, params string[] args)
    {
        var error = new StringWriter();
        var exitCode = await RunAsync(output, error, cancellationToken, args);
        return (exitCode, error.ToString());
    }

    private protected Task<int> RunWithErrorAsync(TextWriter error, CancellationToken cancellationToken, params string[] args) =>
        RunAsync(new StringWriter(), error, cancellationToken, args);

    private async Task<int> RunAsync(TextWriter output, TextWriter error, CancellationToken cancellationToken, string[] args)
    {
        var host = new CliHost
        {
            In = new StringReader(Input),
            Out = output,
            Error = error,
            IsInteractive = IsTerminal,
            Width = CliHost.DefaultWidth,
            Environment = name => name == "OCS_ADDRESS" ? Cluster.Address : null,
            Time = Time,
            Keys = new CountedKeys(),
        };
        return await CliApp.Run(args, host, cancellationToken);
    }

    private protected string WriteFile(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    private protected string WriteFile(string name, byte[] bytes)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
