using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using OrleansCluster.Silo.Agent.Docker;

namespace OrleansCluster.Tests.Docker.Runtime;

/// <summary>A daemon that is away, fails, hangs or breaks off.</summary>
public sealed class FaultTests
{
    [Fact]
    public async Task Inspect_NewerDaemon_IsAskedInOurVersion()
    {
        await using var daemon = await FakeDaemon.Start("1.99", Refuse(404, "No such container"));
        using var runtime = daemon.Runtime(TimeProvider.System);

        Assert.Null(await runtime.Inspect("abc", CancellationToken.None));

        Assert.Equal(["GET /v1.47/containers/abc/json"], daemon.Requests);
    }

    [Fact]
    public async Task AnyCall_NobodyListens_IsUnavailable()
    {
        var options = Daemon.Options with { Endpoint = DockerEndpoint.Parse($"unix:///nowhere/{Guid.NewGuid():N}.sock") };
        using var runtime = new DockerRuntime(options, TimeProvider.System, NullLogger<DockerRuntime>.Instance);

        var failure = await Assert.ThrowsAsync<RuntimeUnavailableException>(() => runtime.Describe(CancellationToken.None));

        Assert.Contains(options.Endpoint.Text, failure.Message);
    }

    [Fact]
    public async Task EachCall_DaemonFails_IsUnavailable()
    {
        await using var daemon = await FakeDaemon.Start("1.41", Refuse(500, "layer store is broken"));
        using var runtime = daemon.Runtime(TimeProvider.System);

        var failures = new[]
        {
            await Record.ExceptionAsync(() => runtime.Describe(CancellationToken.None)),
            await Record.ExceptionAsync(() => runtime.MeasureCapacity(CancellationToken.None)),
            await Record.ExceptionAsync(() => runtime.Inspect("abc", CancellationToken.None)),
            await Record.ExceptionAsync(() => runtime.Start("abc", CancellationToken.None)),
            await Record.ExceptionAsync(() => runtime.Stop("abc", TimeSpan.Zero, CancellationToken.None)),
            await Record.ExceptionAsync(() => runtime.Remove("abc", CancellationToken.None)),
            await Record.ExceptionAsync(async () => await runtime.List("c", "n", CancellationToken.None)),
            await Record.ExceptionAsync(async () => await runtime.ReadLog("abc", false, CancellationToken.None).ToListAsync()),
            await Record.ExceptionAsync(async () => await runtime.Watch("c", "n", CancellationToken.None).ToListAsync()),
        };

        Assert.All(
            failures,
            failure => Assert.Contains("layer store is broken", Assert.IsType<RuntimeUnavailableException>(failure).Message));
    }

    [Fact]
    public async Task Inspect_AnswerThatIsNotJson_IsUnavailable()
    {
        await using var daemon = await FakeDaemon.Start("1.41", context => context.Response.WriteAsync("<html>"));
        using var runtime = daemon.Runtime(TimeProvider.System);

        await Assert.ThrowsAsync<RuntimeUnavailableException>(() => runtime.Inspect("abc", CancellationToken.None));
    }

    [Fact]
    public async Task Inspect_DaemonHangs_IsUnavailableAfterTheLimit()
    {
        await using var daemon = await FakeDaemon.Start("1.41", context => Task.Delay(Timeout.Infinite, context.RequestAborted));
        using var runtime = new DockerRuntime(
            daemon.Options with { CallTimeout = TimeSpan.FromMilliseconds(200) },
            TimeProvider.System,
            NullLogger<DockerRuntime>.Instance);

        await Assert.ThrowsAsync<RuntimeUnavailableException>(() => runtime.Inspect("abc", CancellationToken.None));
    }

    [Fact]
    public async Task Inspect_CallerGivesUp_IsCancelled()
    {
        using var enough = new CancellationTokenSource();
        await using var daemon = await FakeDaemon.Start("1.41", async context =>
        {
            await enough.CancelAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
        using var runtime = daemon.Runtime(TimeProvider.System);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => runtime.Inspect("abc", enough.Token));
    }

    [Fact]
    public async Task Watch_StreamBreaks_EndsAfterWhatItHas()
    {
        const string Labels = """{"ocs.cluster":"c","ocs.node":"n","ocs.task":"t","ocs.attempt":"2","ocs.container":"main"}""";
        var isSeen = new TaskCompletionSource();
        await using var daemon = await FakeDaemon.Start("1.41", async context =>
        {
            await context.Response.WriteAsync("""{"Action":"die","Actor":{"ID":"abc","Attributes":""" + Labels + "}}\n");
            await context.Response.Body.FlushAsync();
            await isSeen.Task;
            context.Abort();
        });
        using var runtime = daemon.Runtime(TimeProvider.System);
        var seen = new List<ContainerEvent>();

        await foreach (var next in runtime.Watch("c", "n", CancellationToken.None))
        {
            seen.Add(next);
            isSeen.SetResult();
        }

        Assert.Equal([new ContainerEvent("abc", new ContainerLabels("c", "n", "t", 2, "main"))], seen);
    }

    private static RequestDelegate Refuse(int status, string message) => async context =>
    {
        context.Response.StatusCode = status;
        await context.Response.WriteAsync($$"""{"message":"{{message}}"}""");
    };
}
