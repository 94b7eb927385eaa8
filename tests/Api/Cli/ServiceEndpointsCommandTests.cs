namespace OrleansCluster.Tests.Api.Cli;

public sealed class ServiceEndpointsCommandTests : CliTest
{
    [Fact]
    public async Task ServiceEndpoints_OfTwoPorts_HaveALineEach()
    {
        Cluster.OnJson("GET /v1/services/web/endpoints", new ServiceEndpoints
        {
            Version = 7,
            Endpoints =
            [
                new ServiceEndpoint { TaskId = "web.0.1", Node = "host-1", Address = "10.0.0.11", Ports = [new(80, 32_768, PortProtocol.Tcp), new(53, 32_769, PortProtocol.Udp)], Revision = 2 },
            ],
        });

        var result = await RunAsync("service", "endpoints", "web");

        Assert.Equal(0, result.ExitCode);
        Assert.Matches(@"\nweb\.0\.1 +host-1 +10\.0\.0\.11:32768 +80/TCP +2", result.Out);
        Assert.Matches(@"\nweb\.0\.1 +host-1 +10\.0\.0\.11:32769 +53/UDP +2", result.Out);
    }
}
