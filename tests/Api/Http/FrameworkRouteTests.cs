using System.Net;
using System.Net.Http.Headers;
using System.Text;
using OrleansCluster.Tests.Api.Http.Fakes;

namespace OrleansCluster.Tests.Api.Http;

public sealed class FrameworkRouteTests
{
    private const string Token = "a-token-of-sixteen";
    private const string Body = """{ "name": "f", "team": "research", "failoverTimeout": 60 }""";

    [Fact]
    public async Task Put_NewOne_IsMadeWithTheTokenThatItBringsOrOneThatIsToldOnce()
    {
        await using var host = await ApiHost.Start();

        var brought = await Send(host, HttpMethod.Put, "f", Body, Token);
        var again = await Send(host, HttpMethod.Put, "f", Body, Token);
        var made = await Send(host, HttpMethod.Put, "g", Body.Replace("\"f\"", "\"g\""));

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.OK, HttpStatusCode.Created), (brought.Status, again.Status, made.Status));
        Assert.Equal(("", "", FakeFramework.Made), (brought["token"], again["token"], made["token"]));
        Assert.Equal(("research", 60), (brought.As<FrameworkRegistration>().Framework.Spec.Team, brought.As<FrameworkRegistration>().Framework.Spec.FailoverTimeout));
    }

    [Fact]
    public async Task Put_Faults_AllInOneAnswerAndNoGrainAsked()
    {
        await using var host = await ApiHost.Start();

        var faults = (await Send(host, HttpMethod.Put, "f", """{ "name": "g", "failoverTimeout": -1, "rateLimit": 0, "colour": 1 }""", Token)).FaultsOf(400, "invalid-input");

        Assert.Equal(["/colour", "/failoverTimeout", "/name", "/rateLimit"], faults.Select(fault => fault.Split(':')[0]).Order(StringComparer.Ordinal));
        Assert.Empty(host.Grains.Keys);
    }

    [Theory]
    [InlineData(null, 401, "token-missing")]
    [InlineData("Basic abc", 401, "token-missing")]
    [InlineData("Bearer ", 401, "token-missing")]
    [InlineData("Bearer another-of-sixteen", 403, "wrong-token")]
    public async Task AnyCall_WithoutItsToken_IsRefusedAndReachesNothing(string? authorization, int status, string kind)
    {
        await using var host = await ApiHost.Start();
        await Send(host, HttpMethod.Put, "f", Body, Token);

        foreach (var (method, path, body) in Calls)
        {
            var request = Request(method, $"f/{path}", body);
            if (authorization is not null)
                request.Headers.TryAddWithoutValidation("Authorization", authorization);
            var reply = await host.Send(request);
            reply.FaultsOf(status, kind);
            Assert.Equal(status == 401, reply.Headers.WwwAuthenticate.Any(challenge => challenge.Scheme == "Bearer"));
        }

        Assert.Empty(host.Grains.Framework("f").Asked);
    }

    [Theory]
    [InlineData("nobody")]
    [InlineData("No_Name")]
    public async Task AnyCall_UnknownFramework_IsNotFound(string name)
    {
        await using var host = await ApiHost.Start();

        foreach (var (method, path, body) in Calls)
            (await Send(host, method, $"{name}/{path}", body, Token)).FaultsOf(404, "not-found");
        (await host.Get($"/v1/frameworks/{name}")).FaultsOf(404, "not-found");
        (await Send(host, HttpMethod.Delete, name)).FaultsOf(404, "not-found");
    }

    [Fact]
    public async Task Calls_OfTheFramework_ReachItsGrain()
    {
        await using var host = await Registered();
        var grain = host.Grains.Framework("f");

        foreach (var (method, path, body) in Calls.Where(call => !call.Path.StartsWith("events", StringComparison.Ordinal) && call.Path != "launches"))
            Assert.True((int)(await Send(host, method, $"f/{path}", body, Token)).Status is 200 or 204);
        Assert.Equal(HttpStatusCode.NoContent, (await Send(host, HttpMethod.Delete, "f")).Status);

        Assert.Equal(
            ["subscribe True", "release f.~~t.0", "decline f.~i.1 2.5", "revive", "suppress", "acknowledge a Running b Stopped", "acknowledge a/1 Stopped", "kill a/1", "reconcile a b", "teardown"],
            grain.Asked);
    }

    [Fact]
    public async Task Delete_WithAWrongToken_IsRefused()
    {
        await using var host = await Registered();

        (await Send(host, HttpMethod.Delete, "f", token: "another-of-sixteen")).FaultsOf(403, "wrong-token");
        Assert.Empty(host.Grains.Framework("f").Asked);
    }

    [Fact]
    public async Task Launch_Tasks_AreAnsweredOneByOneWithReceipts()
    {
        await using var host = await Registered();

        var reply = await Send(host, HttpMethod.Post, "f/launches", """
            { "transactionId": "t1", "decidedOn": { "incarnation": "i", "number": "9007199254740993" }, "detection": "COARSE", "mode": "ALL_OR_NOTHING",
              "tasks": [{ "name": "a", "node": "n1", "definition": "web:1", "nodeETag": "9007199254740993" }, { "name": "b", "node": "n1", "definition": "web:1", "nodeETag": 7 }] }
            """, Token);

        var launch = host.Grains.Framework("f").Launched!;
        Assert.Equal((new ClusterVersion("i", 9_007_199_254_740_993), ConflictDetection.Coarse, CommitMode.AllOrNothing), (launch.DecidedOn, launch.Detection, launch.Mode));
        Assert.Equal([9_007_199_254_740_993, 7], launch.Tasks.Select(task => task.NodeETag));
        var refused = reply.Json.GetProperty("tasks")[1];
        Assert.Equal(("DOES_NOT_FIT", "other/7"), (refused.GetProperty("rejection").GetProperty("reason").GetString(), refused.GetProperty("rejection").GetProperty("takenBy").GetString()));
        Assert.Equal("9223372036854775807", refused.GetProperty("rejection").GetProperty("refreshTo").GetProperty("number").GetString());
        Assert.Equal([true, false], reply.As<FrameworkLaunched>().Tasks.Select(task => task.IsCommitted));
    }

    [Fact]
    public async Task Launch_BodyWithFaults_SaysWhere()
    {
        await using var host = await Registered();

        var faults = (await Send(host, HttpMethod.Post, "f/launches", """{ "tasks": [{ "name": "a", "nodeETag": "seven" }], "refuseSeconds": "5", "decidedOn": { "number": 1.5 } }""", Token)).FaultsOf(400, "invalid-input");

        Assert.Equal(
            ["", "/decidedOn/number", "/refuseSeconds", "/tasks/0", "/tasks/0/nodeETag"], faults.Select(fault => fault.Split(':')[0]).Order(StringComparer.Ordinal));
        Assert.Null(host.Grains.Framework("f").Launched);
    }

    [Fact]
    public async Task Claim_WithoutTasks_IsAnsweredOneByOne()
    {
        await using var host = await Registered();

        var reply = await Send(host, HttpMethod.Post, "f/claims", """
            { "transactionId": "t1", "detection": "COARSE", "mode": "ALL_OR_NOTHING", "holdSeconds": 30,
              "claims": [{ "node": "n1", "nodeETag": "9007199254740993", "resources": { "cpu": 500, "memory": 64 },
                           "extras": { "gpu": { "count": 1 }, "amounts": { "slots": 2 } }, "ports": [{ "port": 8080, "protocol": "UDP" }] }] }
            """, Token);

        var claims = host.Grains.Framework("f").Claimed!;
        Assert.Equal((ConflictDetection.Coarse, CommitMode.AllOrNothing, 30), (claims.Detection, claims.Mode, claims.HoldSeconds));
        var claim = Assert.Single(claims.Claims);
        Assert.Equal(("n1", 9_007_199_254_740_993, new Resources(500, 64, 0)), (claim.Node, claim.NodeETag, claim.Resources));
        Assert.Equal((1, 2), (claim.Extras!.Gpu!.Count, claim.Extras.Amounts["slots"]));
        Assert.Equal(new HostPort(8080, PortProtocol.Udp), Assert.Single(claim.Ports));
        Assert.Equal(("f.~~t.0", "n1"), (reply.Json.GetProperty("claims")[0].GetProperty("claim").GetString(), reply.Json.GetProperty("claims")[0].GetProperty("node").GetString()));
    }

    [Fact]
    public async Task AnyCall_TooMany_IsToBeRepeatedAfterASecond()
    {
        await using var host = await Registered();
        host.Grains.Framework("f").Refusal = new Refusal { Kind = RefusalKind.Throttled, Title = "Too many." };

        var reply = await Send(host, HttpMethod.Post, "f/revive", null, Token);

        reply.FaultsOf(429, "too-many-requests");
        Assert.Equal(TimeSpan.FromSeconds(1), reply.Headers.RetryAfter?.Delta);
    }

    [Fact]
    public async Task Events_Wait_AsksInStepsUntilThereIsSomethingOrTheStreamHasEnded()
    {
        await using var host = await Registered();
        var grain = host.Grains.Framework("f");
        grain.News.Enqueue(new FrameworkEvents { IsOpen = true });
        grain.News.Enqueue(new FrameworkEvents { IsOpen = true });
        grain.News.Enqueue(new FrameworkEvents { IsOpen = true, Events = [new FrameworkEvent { Sequence = 8, Rescinded = "f.~i.1" }] });
        grain.News.Enqueue(new FrameworkEvents { IsOpen = false });

        var news = await Send(host, HttpMethod.Get, "f/events?stream=s1&after=7&wait=60", null, Token);
        var end = await Send(host, HttpMethod.Get, "f/events?stream=s1&after=8&wait=60", null, Token);

        Assert.Equal((8, "f.~i.1"), (news.As<FrameworkEvents>().Events[0].Sequence, news.As<FrameworkEvents>().Events[0].Rescinded));
        Assert.False(end.As<FrameworkEvents>().IsOpen);
        Assert.Equal(["next s1 7", "next s1 7", "next s1 7", "next s1 8"], grain.Asked);
        Assert.All(grain.Waits, wait => Assert.InRange(wait, TimeSpan.Zero, TimeSpan.FromSeconds(5)));
    }

    [Fact]
    public async Task Events_WithoutAStream_IsAFault()
    {
        await using var host = await Registered();

        Assert.StartsWith("?stream: Expected the stream", Assert.Single((await Send(host, HttpMethod.Get, "f/events", null, Token)).FaultsOf(400, "invalid-query")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task State_SnapshotThenDeltas_HasNumbersThatNoReaderRounds()
    {
        await using var host = await ApiHost.Start();
        var view = host.Grains.ClusterView();

        var snapshot = await host.Get("/v1/cluster/state?fresh");
        view.Silence = 2;
        var delta = await host.Get($"/v1/cluster/state?incarnation=i&version=7&wait=30");

        Assert.Equal((true, "9007199254740993"), (snapshot.Json.GetProperty("isSnapshot").GetBoolean(), snapshot.Json.GetProperty("version").GetProperty("number").GetString()));
        var node = snapshot.Json.GetProperty("nodes")[0];
        Assert.Equal(("9007199254740993", "ACTIVE", 3500), (node.GetProperty("eTag").GetString(), node.GetProperty("status").GetString(), node.GetProperty("free").GetProperty("cpu").GetInt32()));
        Assert.Equal(FakeClusterView.Number, delta.As<ClusterDelta>().Nodes[0].ETag);
        Assert.Equal(
            [(ClusterVersion.None, true), (new ClusterVersion("i", 7), false), (new ClusterVersion("i", 7), false), (new ClusterVersion("i", 7), false)],
            view.Asked.Select(asked => (asked.Since, asked.IsFresh)));
    }

    [Fact]
    public async Task State_HalfAVersion_IsAFault()
    {
        await using var host = await ApiHost.Start();

        (await host.Get("/v1/cluster/state?incarnation=i")).FaultsOf(400, "invalid-query");
        (await host.Get("/v1/cluster/state?version=7")).FaultsOf(400, "invalid-query");
    }

    [Fact]
    public async Task List_Paging_ReachesTheQuery()
    {
        await using var host = await ApiHost.Start();

        await host.Get("/v1/frameworks?after=a&limit=5");
        Assert.Equal("frameworks default a 5", host.Queries.Asked);
        await host.Get("/v1/tasks?framework=f");
        Assert.StartsWith("tasks default ", host.Queries.Asked, StringComparison.Ordinal);
        Assert.Contains("f", host.Queries.Asked.Split(' ')[2], StringComparison.Ordinal);
    }

    private static (HttpMethod Method, string Path, string? Body)[] Calls { get; } =
    [
        (HttpMethod.Post, "subscribe?offers", null),
        (HttpMethod.Get, "events?stream=s1", null),
        (HttpMethod.Post, "launches", """{ "transactionId": "t1", "tasks": [] }"""),
        (HttpMethod.Post, "claims", """{ "transactionId": "t1", "claims": [{ "node": "n1", "resources": { "cpu": 100, "memory": 64 } }] }"""),
        (HttpMethod.Post, "claims/release", """{ "claims": ["f.~~t.0"] }"""),
        (HttpMethod.Post, "offers/decline", """{ "offers": ["f.~i.1"], "refuseSeconds": 2.5 }"""),
        (HttpMethod.Post, "revive", null),
        (HttpMethod.Post, "suppress", null),
        (HttpMethod.Post, "acknowledge", """{ "updates": [{ "task": "a", "state": "RUNNING" }, { "task": "b", "state": "STOPPED" }] }"""),
        (HttpMethod.Post, "tasks/a%2F1/acknowledge", """{ "state": "STOPPED" }"""),
        (HttpMethod.Post, "tasks/a%2F1/kill", null),
        (HttpMethod.Post, "reconcile", """{ "tasks": ["a", "b"] }"""),
    ];

    private static async Task<ApiHost> Registered()
    {
        var host = await ApiHost.Start();
        await Send(host, HttpMethod.Put, "f", Body, Token);
        return host;
    }

    private static Task<Reply> Send(ApiHost host, HttpMethod method, string path, string? body = null, string? token = null)
    {
        var request = Request(method, path, body);
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return host.Send(request);
    }

    private static HttpRequestMessage Request(HttpMethod method, string path, string? body) => new(method, $"/v1/frameworks/{path}")
    {
        Content = body is null ? null : new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json")),
    };
}
