using Microsoft.AspNetCore.Http;

namespace OrleansCluster.Tests.Docker.Runtime;

public sealed class PullTests
{
    [Theory]
    [InlineData("busybox", "busybox:latest")]
    [InlineData("registry:5000/team/app", "registry:5000/team/app:latest")]
    [InlineData("registry:5000/team/app:1.2", "registry:5000/team/app:1.2")]
    [InlineData("app@sha256:0123", "app@sha256:0123")]
    public async Task EnsureImage_MissingHere_PullsThatOneTag(string image, string asked)
    {
        await using var daemon = await FakeDaemon.Start("1.41", Registry(_ => Task.CompletedTask, """{"status":"Pulling"}"""));
        using var runtime = daemon.Runtime(TimeProvider.System);

        await runtime.EnsureImage(image, CancellationToken.None);

        Assert.Equal($"POST /v1.41/images/create?fromImage={Uri.EscapeDataString(asked)}", daemon.Requests.Last());
    }

    [Fact]
    public async Task EnsureImage_ErrorAmidTheProgress_BlamesTheImage()
    {
        await using var daemon = await FakeDaemon.Start(
            "1.41", Registry(_ => Task.CompletedTask, """{"status":"Pulling"}""", """{"error":"manifest unknown"}"""));
        using var runtime = daemon.Runtime(TimeProvider.System);

        var failure = await Assert.ThrowsAsync<ContainerException>(() => runtime.EnsureImage("app:1", CancellationToken.None));

        Assert.Equal("CannotPullContainerError: app:1: manifest unknown", failure.Reason);
    }

    [Fact]
    public async Task EnsureImage_ManyAtOnce_PullsOnce()
    {
        var release = new TaskCompletionSource();
        await using var daemon = await FakeDaemon.Start("1.41", Registry(_ => release.Task, """{"status":"Pulling"}"""));
        using var runtime = daemon.Runtime(TimeProvider.System);

        var callers = Enumerable.Range(0, 8).Select(_ => runtime.EnsureImage("app:1", CancellationToken.None)).ToArray();
        await Poll.Until("eight look-ups and a pull", () => Task.FromResult(daemon.Requests.Count >= 9 ? "all" : null));
        release.SetResult();
        await Task.WhenAll(callers);

        Assert.Single(daemon.Requests, request => request.StartsWith("POST", StringComparison.Ordinal));
    }

    [Fact]
    public async Task EnsureImage_AfterAFailure_TriesAgain()
    {
        await using var daemon = await FakeDaemon.Start("1.41", Registry(_ => Task.CompletedTask, """{"error":"no route"}"""));
        using var runtime = daemon.Runtime(TimeProvider.System);

        await Assert.ThrowsAsync<ContainerException>(() => runtime.EnsureImage("app:1", CancellationToken.None));
        await Assert.ThrowsAsync<ContainerException>(() => runtime.EnsureImage("app:1", CancellationToken.None));

        Assert.Equal(2, daemon.Requests.Count(request => request.StartsWith("POST", StringComparison.Ordinal)));
    }

    /// <summary>A daemon without images whose pull answers with these lines.</summary>
    private static RequestDelegate Registry(Func<HttpContext, Task> before, params string[] progress) => async context =>
    {
        if (context.Request.Method == "GET")
        {
            context.Response.StatusCode = 404;
            return;
        }

        await before(context);
        foreach (var line in progress) await context.Response.WriteAsync(line + "\r\n");
    };
}
