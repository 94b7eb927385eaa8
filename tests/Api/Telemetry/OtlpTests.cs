using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OrleansCluster.Tests.Api.EndToEnd;
using static OrleansCluster.Tests.Api.EndToEnd.Specs;

namespace OrleansCluster.Tests.Api.Telemetry;

[Collection(nameof(TraceTests))]
public sealed class OtlpTests : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("ocs-otlp-").FullName;

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Theory]
    [InlineData(HttpProtocols.Http1, "http/protobuf", "/v1/traces", "/v1/metrics", "/v1/logs")]
    [InlineData(
        HttpProtocols.Http2,
        "grpc",
        "/opentelemetry.proto.collector.trace.v1.TraceService/Export",
        "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export",
        "/opentelemetry.proto.collector.logs.v1.LogsService/Export")]
    public async Task Otlp_AskedFor_SendsAllThreeSignals(HttpProtocols http, string protocol, string traces, string metrics, string logs)
    {
        await using var receiver = await OtlpReceiver.Start(http);
        string id;
        await using (var silo = await SimulatedSilo.Start(_data, TellMore, "--otlp", receiver.Address, "--otlp-protocol", protocol))
        {
            id = (await silo.Client.Jobs.SubmitAsync(Job("sent", Task("main", command: ["exit", "3"])))).Id;
            await silo.Client.WaitForEnd(id);
            var task = Assert.Single(await silo.Client.TasksOf(id));
            Assert.EndsWith("-01", task.TraceParent);
        }

        // The silo has stopped, and has sent what it still had.
        Assert.All(["job.submit", "task.running", "ocs-silo", id], text => Assert.Contains(text, receiver.At(traces)));
        Assert.All(["ocs.task.ended", "ocs.store.commit.duration", "dotnet.gc.collections", "ocs-silo"], text => Assert.Contains(text, receiver.At(metrics)));
        Assert.All(["ocs-silo", "has stopped; its containers run on"], text => Assert.Contains(text, receiver.At(logs)));

        // What the watching client asked meanwhile is no job's business, nor are the agent's calls.
        Assert.All(["HttpRequestIn", "GET", "INodeGrain/Renew"], text => Assert.DoesNotContain(text, receiver.At(traces)));
    }

    [Fact]
    public async Task Otlp_NotAskedFor_TracesNothing()
    {
        await using var silo = await SimulatedSilo.Start(_data);
        var job = await silo.Client.Jobs.SubmitAsync(Job("quiet", Task("main")));
        await silo.Client.WaitForEnd(job.Id);

        Assert.Null(Assert.Single(await silo.Client.TasksOf(job.Id)).TraceParent);
    }

    private static void TellMore(IServiceCollection services) => services.Configure<LoggerFilterOptions>(logging => logging.MinLevel = LogLevel.Information);
}
