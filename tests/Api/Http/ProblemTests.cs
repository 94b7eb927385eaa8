using System.Net;
using System.Net.Sockets;
using System.Text;
using Orleans.Storage;
using OrleansCluster.Grains.Storage;
using OrleansCluster.Silo.Api;
using OrleansCluster.Tests.Api.Http.Fakes;

namespace OrleansCluster.Tests.Api.Http;

public sealed class ProblemTests
{
    [Fact]
    public async Task NoSuchRoute_404Problem()
    {
        await using var host = await ApiHost.Start();

        (await host.Get("/v2/jobs")).FaultsOf(404, "no-such-route");
        (await host.Get("/v1/jobs/a/b/c")).FaultsOf(404, "no-such-route");
    }

    [Fact]
    public async Task OtherMethod_405ProblemThatNamesTheAllowed()
    {
        await using var host = await ApiHost.Start();

        var reply = await host.Send(new HttpRequestMessage(HttpMethod.Delete, "/v1/jobs"));

        reply.FaultsOf(405, "method-not-allowed");
        Assert.Equal("/v1/jobs takes GET, POST, not DELETE.", reply["detail"]);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData(null)]
    public async Task OtherMediaType_415Problem(string? mediaType)
    {
        await using var host = await ApiHost.Start();
        var request = new HttpRequestMessage(HttpMethod.Post, "/v1/jobs") { Content = new StringContent(Samples.JobBody) };
        request.Content.Headers.ContentType = mediaType is null ? null : new(mediaType);

        (await host.Send(request)).FaultsOf(415, "unsupported-media-type");
        Assert.Empty(host.Grains.Keys);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task BodyOverTheLimit_413ProblemAndNothingDone(bool isChunked)
    {
        await using var host = await ApiHost.Start(new ApiOptions { LargestBody = 1000 });
        var request = new HttpRequestMessage(HttpMethod.Post, "/v1/jobs") { Content = new StringContent(Samples.JobBody + new string(' ', 1000), null, "application/json") };
        request.Headers.TransferEncodingChunked = isChunked;

        var reply = await host.Send(request);

        reply.FaultsOf(413, "body-too-large");
        Assert.Equal("A body may have 1000 bytes at most.", reply["detail"]);
        Assert.Empty(host.Grains.Keys);
    }

    [Fact]
    public async Task BodyFarOverTheLimit_CallerStillGetsTheProblem()
    {
        await using var host = await ApiHost.Start();

        (await host.Post("/v1/jobs", new string(' ', 16 * 1024 * 1024))).FaultsOf(413, "body-too-large");
    }

    [Fact]
    public async Task BodyUnderTheStandardLimit_IsTaken()
    {
        await using var host = await ApiHost.Start();

        var reply = await host.Post("/v1/jobs", Samples.JobBody + new string(' ', 1024 * 1024 - Samples.JobBody.Length));

        Assert.Equal(HttpStatusCode.Created, reply.Status);
    }

    [Fact]
    public async Task MalformedBody_400ProblemWithItsPlace()
    {
        await using var host = await ApiHost.Start();

        var reply = await host.Post("/v1/task-definitions", "{\n \"family\": web }");

        Assert.StartsWith(": Line 2, byte 12: ", Assert.Single(reply.FaultsOf(400, "malformed-json")));
    }

    [Fact]
    public async Task GrainThrows_500ProblemWithoutInternals()
    {
        await using var host = await ApiHost.Start();
        host.Grains.Task("a-1.b.0").Failure = new InvalidOperationException("secret words");

        var reply = await host.Get("/v1/tasks/a-1.b.0");

        reply.FaultsOf(500, "internal");
        Assert.DoesNotContain("secret", reply.Json.ToString());
        Assert.DoesNotContain("Exception", reply.Json.ToString());
    }

    [Fact]
    public async Task GrainUnavailable_503ProblemToTryAgain()
    {
        await using var host = await ApiHost.Start();

        foreach (var failure in new Exception[] { new TimeoutException(), new SiloUnavailableException("gone"), new InconsistentStateException("raced") })
        {
            host.Grains.Task("a-1.b.0").Failure = failure;
            var reply = await host.Get("/v1/tasks/a-1.b.0");

            reply.FaultsOf(503, "unavailable");
            Assert.Equal(1, reply.Headers.RetryAfter?.Delta?.TotalSeconds);
        }
    }

    [Fact]
    public async Task StoreFailsUnderAGrain_503ProblemThatSaysWhy()
    {
        await using var host = await ApiHost.Start();
        host.Grains.Task("a-1.b.0").Failure = new OrleansException("could not write", new StoreUnavailableException("The disk is full."));

        var reply = await host.Get("/v1/tasks/a-1.b.0");

        reply.FaultsOf(503, "unavailable");
        Assert.StartsWith("The disk is full. ", reply.Json.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task StoreUnavailable_NotReadyButLive()
    {
        await using var host = await ApiHost.Start();
        host.Store.Failure = new StoreUnavailableException("disk full");

        var reply = await host.Get("/readyz");

        reply.FaultsOf(503, "unavailable");
        Assert.Equal("Not ready: disk full", reply.Json.GetProperty("detail").GetString());
        Assert.Equal("ok", (await host.Get("/healthz"))["status"]);
    }

    [Fact]
    public async Task HalfARequest_ServerStaysUp()
    {
        await using var host = await ApiHost.Start();
        using (var client = new TcpClient())
        {
            await client.ConnectAsync(IPAddress.Loopback, host.Address.Port);
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes("POST /v1/jobs HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"));
        }

        Assert.Equal(HttpStatusCode.OK, (await host.Get("/v1/jobs")).Status);
    }

    [Fact]
    public async Task EveryAnswer_IsNeitherCachedNorSniffed()
    {
        await using var host = await ApiHost.Start();

        foreach (var path in new[] { "/v1/jobs", "/nowhere" })
        {
            var reply = await host.Get(path);
            Assert.Equal("nosniff", Assert.Single(reply.Headers.GetValues("X-Content-Type-Options")));
            Assert.True(reply.Headers.CacheControl?.NoStore);
        }
    }
}
