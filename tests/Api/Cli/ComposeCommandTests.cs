using System.Text.Json;
using OrleansCluster.Tests.Api.Sdk;

namespace OrleansCluster.Tests.Api.Cli;

public sealed class ComposeCommandTests : CliTest
{
    private const string File = """
        services:
          web:
            image: ocs/busybox
            deploy: { replicas: 2 }
          db:
            image: postgres
        """;

    [Fact]
    public async Task Up_File_PutsEachOfItsServices()
    {
        Cluster.OnJson("PUT /v1/services/shop-web", Samples.Service());
        Cluster.OnJson("PUT /v1/services/shop-db", Samples.Service());

        var result = await RunAsync("compose", "up", WriteFile("compose.yaml", File), "--project", "shop");

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Equal(["PUT /v1/services/shop-web", "PUT /v1/services/shop-db"], Cluster.Requests.Select(request => request.Route));
        Assert.All(Cluster.Requests, request => Assert.StartsWith("?mode=ANY", request.Query, StringComparison.Ordinal));
        Assert.Equal(2, JsonDocument.Parse(Cluster.Requests.First().Body).RootElement.GetProperty("desiredCount").GetInt32());
    }

    [Theory]
    [InlineData(DeploymentStatus.Completed, 0)]
    [InlineData(DeploymentStatus.Failed, 1)]
    public async Task Up_Watch_EndsWithTheWorst(DeploymentStatus status, int exitCode)
    {
        Cluster.OnJson("PUT /v1/services/shop-web", Samples.Service());
        Cluster.OnJson("PUT /v1/services/shop-db", Samples.Service());
        Cluster.OnJson("GET /v1/services/web", Samples.Service(status, version: 2, healthy: 2));

        var result = await RunAsync("compose", "up", WriteFile("compose.yaml", File), "--project", "shop", "--watch");

        Assert.Equal(exitCode, result.ExitCode);
        Assert.Equal(2, result.Out.Split("Deployment 3 of service web").Length - 1);
    }

    [Fact]
    public async Task Up_ClusterRefusesOne_NamesItsLineAndWhatWasMade()
    {
        Cluster.OnJson("PUT /v1/services/shop-web", Samples.Service());
        Cluster.OnProblem("PUT /v1/services/shop-db", 400, "The service has 1 fault.", new Fault("/containers/0/image", "it is none"));
        var file = WriteFile("compose.yaml", File);

        var result = await RunAsync("compose", "up", file, "--project", "shop");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains($"{file}:6:5: /services/db/image: it is none", result.Error, StringComparison.Ordinal);
        Assert.Contains("Not refused, and made or changed: web.", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Up_FileWithFaults_TellsOfAllAndAsksNobody()
    {
        var file = WriteFile("compose.yaml", File.Replace("image: postgres", "build: .", StringComparison.Ordinal).Replace("replicas: 2", "mode: global", StringComparison.Ordinal));

        var result = await RunAsync("compose", "up", file, "--project", "shop");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains($"{file}:4:15: /services/web/deploy/mode: \"deploy.mode\" is not supported.", result.Error, StringComparison.Ordinal);
        Assert.Contains($"{file}:6:5: /services/db/build: \"build\" is not supported.", result.Error, StringComparison.Ordinal);
        Assert.Empty(Cluster.Requests);
    }

    [Fact]
    public async Task Down_File_DeletesWhatIsThere()
    {
        Cluster.OnJson("DELETE /v1/services/shop-web", Samples.Service() with { Status = ServiceStatus.Draining });

        var result = await RunAsync("compose", "down", WriteFile("compose.yaml", File), "--project", "shop", "--wait");

        Assert.Equal((0, "Service web is being deleted: 2 tasks to stop.\n", "There is no service shop-db.\n"), (result.ExitCode, result.Out, result.Error));
    }

    [Theory]
    [InlineData("compose")]
    [InlineData("compose", "up")]
    [InlineData("compose", "down")]
    public async Task Help_AnyCommand_HasExamples(params string[] command) =>
        Assert.Contains($"Examples:\n  ocs {string.Join(' ', command)}", (await RunAsync([.. command, "--help"])).Out, StringComparison.Ordinal);
}
