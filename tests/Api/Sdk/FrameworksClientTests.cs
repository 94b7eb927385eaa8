using Microsoft.AspNetCore.Http;
using OrleansCluster.Client;

namespace OrleansCluster.Tests.Api.Sdk;

public sealed class FrameworksClientTests : SdkTest
{
    private const string Token = "a-token-of-sixteen";

    private static FrameworkView View { get; } = new() { Spec = new FrameworkSpec { Name = "f" }, Status = FrameworkStatus.Connected, RegisteredAt = InstantTime.Now };

    [Fact]
    public async Task Calls_OfAFramework_BringItsTokenAndNothingElseDoes()
    {
        var tokens = new List<string>();
        Cluster.On("POST /v1/frameworks/f/revive", context => Note(context, tokens));
        Cluster.On("DELETE /v1/frameworks/f", context => Note(context, tokens));

        await Client.Frameworks.As("f", Token).ReviveAsync();
        await Client.Frameworks.As("f", Token).TeardownAsync();
        await Client.Frameworks.DeleteAsync("f");

        Assert.Equal([$"Bearer {Token}", $"Bearer {Token}", ""], tokens);
    }

    [Fact]
    public async Task Call_TooMany_IsRepeatedAndThenSaysSo()
    {
        var calls = 0;
        Cluster.On("POST /v1/frameworks/f/revive", context => ++calls < 3 ? TooMany(context) : Done(context));
        Cluster.On("POST /v1/frameworks/f/suppress", TooMany);

        await Client.Frameworks.As("f", Token).ReviveAsync();
        var refusal = await Assert.ThrowsAsync<ClusterApiException>(() => Client.Frameworks.As("f", Token).SuppressAsync());

        Assert.Equal((3, 429), (calls, refusal.Status));
    }

    [Fact]
    public async Task GetState_Version_GoesAsItCame()
    {
        var version = new ClusterVersion("i", 9_007_199_254_740_993);
        Cluster.OnJson("GET /v1/cluster/state", new ClusterDelta { Version = version, IsSnapshot = true, Nodes = [] });

        var delta = await Client.Frameworks.GetStateAsync(ClusterVersion.None, TimeSpan.Zero, isFresh: true);
        await Client.Frameworks.GetStateAsync(delta.Version, TimeSpan.FromSeconds(10), isFresh: false);

        Assert.Equal(version, delta.Version);
        Assert.Equal(["?wait=0&fresh=true&cluster=green", "?incarnation=i&version=9007199254740993&wait=10&cluster=green"], Cluster.Requests.Select(request => request.Query));
    }

    [Fact]
    public async Task Run_UpdatesOfARound_AreAcknowledgedAfterItAndReconciledOnesAreNot()
    {
        Serve(
            News(1, new FrameworkUpdate { Task = "a", State = TaskState.Running, WantsAcknowledgement = true, At = InstantTime.Now }),
            News(2, new FrameworkUpdate { Task = "b", State = TaskState.Pending, WantsAcknowledgement = false, At = InstantTime.Now }),
            new FrameworkEvents { IsOpen = true });
        var scheduler = new Recorder(round =>
        {
            Assert.DoesNotContain(Cluster.Requests, request => request.Route == "POST /v1/frameworks/f/acknowledge");
            return new SchedulerDecision { Kill = ["b"], IsDone = true };
        });

        await Client.Frameworks.RunAsync(new FrameworkSpec { Name = "f" }, Token, scheduler);

        Assert.Equal(["a", "b"], Assert.Single(scheduler.Rounds).Updates.Select(update => update.Task));
        Assert.Equal("""{"updates":[{"task":"a","state":"RUNNING"}]}""", Cluster.Requests.Single(request => request.Route == "POST /v1/frameworks/f/acknowledge").Body);
        Assert.Contains(Cluster.Requests, request => request.Route == "POST /v1/frameworks/f/tasks/b/kill");
    }

    [Fact]
    public async Task Run_SchedulerThrows_EndsTheRunAndAcknowledgesNothing()
    {
        Serve(News(1, new FrameworkUpdate { Task = "a", State = TaskState.Stopped, WantsAcknowledgement = true, At = InstantTime.Now }), new FrameworkEvents { IsOpen = true });

        await Assert.ThrowsAsync<FormatException>(() => Client.Frameworks.RunAsync(new FrameworkSpec { Name = "f" }, Token, new Recorder(_ => throw new FormatException())));

        Assert.DoesNotContain(Cluster.Requests, request => request.Route == "POST /v1/frameworks/f/acknowledge");
    }

    [Fact]
    public async Task Run_StreamEnds_SubscribesAndReconcilesAnew()
    {
        Serve(new FrameworkEvents { IsOpen = true }, new FrameworkEvents { IsOpen = false }, new FrameworkEvents { IsOpen = true });
        var scheduler = new Recorder(round => new SchedulerDecision { IsDone = Cluster.Requests.Count(request => request.Route == "POST /v1/frameworks/f/subscribe") == 2 });

        await Client.Frameworks.RunAsync(new FrameworkSpec { Name = "f" }, Token, scheduler);

        Assert.Equal(2, Cluster.Requests.Count(request => request.Route == "POST /v1/frameworks/f/reconcile"));
        Assert.Single(Cluster.Requests, request => request.Route == "PUT /v1/frameworks/f");
    }

    [Fact]
    public async Task Run_FollowedTwice_GivesWay()
    {
        var taken = new FrameworkEvents { IsOpen = false, IsFollowed = true };
        Serve(new FrameworkEvents { IsOpen = true }, taken, new FrameworkEvents { IsOpen = true }, taken);
        var scheduler = new Recorder(_ => new SchedulerDecision());

        var followed = await Assert.ThrowsAsync<SchedulerFollowedException>(() => Client.Frameworks.RunAsync(new FrameworkSpec { Name = "f" }, Token, scheduler));

        Assert.Equal("f", followed.Framework);
        Assert.Equal(2, Cluster.Requests.Count(request => request.Route == "POST /v1/frameworks/f/subscribe"));
    }

    [Fact]
    public async Task Run_RefusedTask_IsHandedBackWithAFreshState()
    {
        Serve(new FrameworkEvents { IsOpen = true });
        var rejection = new ClaimRejection { Reason = ClaimRejectionReason.DoesNotFit, Dimension = "cpu", Shortfall = 7, RefreshTo = new ClusterVersion("i", 2) };
        Cluster.OnJsonInTurn(
            "GET /v1/cluster/state",
            new ClusterDelta { Version = new ClusterVersion("i", 1), IsSnapshot = true, Nodes = [] },
            new ClusterDelta { Version = new ClusterVersion("i", 2), IsSnapshot = false, Nodes = [] });
        Cluster.OnJsonInTurn(
            "POST /v1/frameworks/f/launches",
            new FrameworkLaunched([new FrameworkOutcome("a", "f._a.0", null, rejection)]),
            new FrameworkLaunched([new FrameworkOutcome("a", "f._a.0", "n2", null)]));
        var scheduler = new Recorder(round => round.Outcomes is [{ IsCommitted: true }]
            ? new SchedulerDecision { IsDone = true }
            : new SchedulerDecision { Launch = [new FrameworkTask { Name = "a", Node = round.Outcomes.IsEmpty ? "n1" : "n2", Definition = "web:1" }] });

        await Client.Frameworks.RunAsync(new FrameworkSpec { Name = "f" }, Token, scheduler);

        Assert.Equal([1L, 2, 2], scheduler.Rounds.Select(round => round.Cluster.Version.Number));
        Assert.Equal(rejection, Assert.Single(scheduler.Rounds[1].Outcomes).Rejection);
        var launches = Cluster.Requests.Where(request => request.Route == "POST /v1/frameworks/f/launches").ToList();
        Assert.Equal(2, launches.Select(launch => launch.Body).Distinct().Count());
    }

    [Fact]
    public void Snapshot_WithDeltas_IsTheStateAtTheNewest()
    {
        var first = ClusterSnapshot.Empty.With(new ClusterDelta
        {
            Version = new ClusterVersion("i", 1), IsSnapshot = true, Nodes = [Node("n1", 1), Node("n2", 1)],
            Teams = [new TeamSnapshot { Name = "t", Used = default, Claims = 1 }],
        });
        var second = first.With(new ClusterDelta
        {
            Version = new ClusterVersion("i", 2), IsSnapshot = false, Nodes = [Node("n2", 5)], Teams = [new TeamSnapshot { Name = "t", Used = default, Claims = 0 }],
        });
        var third = second.With(new ClusterDelta { Version = new ClusterVersion("j", 1), IsSnapshot = true, Nodes = [Node("n3", 1)] });

        Assert.Equal([("n1", 1L), ("n2", 5)], second.Nodes.Values.Select(node => (node.Name, node.ETag)));
        Assert.Empty(second.Teams);
        Assert.Equal([("n1", 1L), ("n2", 1)], first.Nodes.Values.Select(node => (node.Name, node.ETag)));
        Assert.Equal(["n3"], third.Nodes.Keys);
        Assert.Equal("j", third.Version.Incarnation);
    }

    private static NodeSnapshot Node(string name, long etag) => new() { Name = name, ETag = etag, Status = NodeStatus.Active, Capacity = default, Claimed = default };

    private static FrameworkEvents News(long sequence, FrameworkUpdate update) => new() { IsOpen = true, Events = [new FrameworkEvent { Sequence = sequence, Update = update }] };

    private void Serve(params FrameworkEvents[] news)
    {
        Cluster.OnJson("PUT /v1/frameworks/f", new FrameworkRegistration { Framework = View });
        Cluster.OnJson("POST /v1/frameworks/f/subscribe", new FrameworkSubscription { Stream = "s1", Framework = View });
        Cluster.OnJsonInTurn("GET /v1/frameworks/f/events", news);
        Cluster.OnJson("GET /v1/cluster/state", new ClusterDelta { Version = new ClusterVersion("i", 1), IsSnapshot = true, Nodes = [] });
        foreach (var call in (string[])["reconcile", "acknowledge", "tasks/b/kill"])
            Cluster.On($"POST /v1/frameworks/f/{call}", Done);
    }

    private static Task Note(HttpContext context, List<string> tokens)
    {
        tokens.Add(context.Request.Headers.Authorization.ToString());
        return Done(context);
    }

    private static Task Done(HttpContext context)
    {
        context.Response.StatusCode = 204;
        return Task.CompletedTask;
    }

    private static Task TooMany(HttpContext context) => FakeCluster.WriteAsync(context, new { title = "Too many", status = 429 }, 429, "application/problem+json");

    private sealed class Recorder(Func<SchedulerRound, SchedulerDecision> decide) : IScheduler
    {
        public List<SchedulerRound> Rounds { get; } = [];

        public Task<SchedulerDecision> DecideAsync(SchedulerRound round, CancellationToken cancellationToken)
        {
            Rounds.Add(round);
            return Task.FromResult(decide(round));
        }
    }
}
