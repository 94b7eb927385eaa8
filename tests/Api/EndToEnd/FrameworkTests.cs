using OrleansCluster.Client;
using OrleansCluster.Tests.Api.Http;
using static OrleansCluster.Tests.Api.EndToEnd.Specs;

namespace OrleansCluster.Tests.Api.EndToEnd;

/// <summary>Schedulers of the SDK on a real silo, over HTTP.</summary>
public sealed class FrameworkTests : IDisposable
{
    private const string Token = "a-token-of-sixteen";
    private static readonly ContainerSpec _short = Container(["sleep", "1"]) with { Resources = new Resources(500, 64, 0) };
    private static readonly ContainerSpec _long = Container(["sleep", "1000000"]) with { Resources = new Resources(500, 64, 0) };

    private readonly string _data = Directory.CreateTempSubdirectory("ocs-framework-").FullName;
    private readonly Dictionary<string, long> _taken = [];
    private readonly CancellationTokenSource _patience = new(TimeSpan.FromMinutes(3));

    public void Dispose()
    {
        _patience.Dispose();
        Directory.Delete(_data, recursive: true);
    }

    [Fact]
    public async Task Run_TwoSchedulersThatWantTheSameNodes_ConflictAndBothFinish()
    {
        await using var silo = await Start();
        var met = new Barrier2();
        var one = new PackingScheduler("a", 20, _short) { BeforeFirst = met.Meet };
        var other = new PackingScheduler("b", 20, _short) { BeforeFirst = met.Meet };

        await System.Threading.Tasks.Task.WhenAll(
            silo.Client.Frameworks.RunAsync(new FrameworkSpec { Name = "one", FailoverTimeout = 60 }, Token, one, _patience.Token),
            silo.Client.Frameworks.RunAsync(new FrameworkSpec { Name = "other", FailoverTimeout = 60 }, Token, other, _patience.Token));

        Assert.Equal((20, 20), (one.Ended.Count, other.Ended.Count));
        Assert.Equal((20, 20), (one.Ran.Count, other.Ran.Count));
        Assert.All(one.Updates.Concat(other.Updates).Where(update => update.State == TaskState.Stopped), update => Assert.True(update.View is { Succeeded: true }, $"{update}"));

        // Both saw the same free nodes before either launched, which have room for 24 of the 40.
        var refused = one.Refused.Concat(other.Refused).ToList();
        Assert.NotEmpty(refused);
        Assert.All(refused, outcome => Assert.Equal((ClaimRejectionReason.DoesNotFit, "cpu"), (outcome.Rejection!.Reason, outcome.Rejection.Dimension)));
        Assert.Contains(refused, outcome => outcome.Rejection!.TakenBy.StartsWith("one/", StringComparison.Ordinal) || outcome.Rejection.TakenBy.StartsWith("other/", StringComparison.Ordinal));

        // All was acknowledged, so nothing is left of the tasks.
        var frameworks = await silo.Client.Frameworks.ListAsync(_patience.Token).ToListAsync(_patience.Token);
        Assert.Equal([("one", 0, 0), ("other", 0, 0)], frameworks.Select(framework => (framework.Spec.Name, framework.Tasks, framework.Unacknowledged)));
    }

    [Fact]
    public async Task Run_CancelledAndBegunAgain_TakesOverWhatRuns()
    {
        await using var silo = await Start();
        var framework = new FrameworkSpec { Name = "f", FailoverTimeout = 60 };
        var first = await RunUntil(silo, framework, new PackingScheduler("t", 5, _long), scheduler => scheduler.Ran.Count == 5);
        Assert.Empty(first.Refused);

        // It waits for none to end, and would launch what it is not told of.
        var second = await RunUntil(silo, framework, new PackingScheduler("t", 5, _long) { Ends = false }, scheduler => scheduler.Ran.Count == 5);

        Assert.Empty(second.Refused);
        Assert.All(second.Updates, update => Assert.Equal(TaskState.Running, update.State));
        var tasks = await silo.Client.Tasks.ListAsync(null, TaskState.Running, _patience.Token).ToListAsync(_patience.Token);
        Assert.Equal(5, tasks.Count);
        Assert.Equal("f._t-000.0", (await silo.Client.Tasks.GetAsync("f._t-000.0", _patience.Token)).Id);
        Assert.Equal(403, (await Assert.ThrowsAsync<ClusterApiException>(() => silo.Client.Frameworks.RunAsync(framework, "another-of-sixteen", second, _patience.Token))).Status);
    }

    [Fact]
    public async Task Run_BesideAnEarlierOne_TakesOverAndTheEarlierOneEnds()
    {
        await using var silo = await Start();
        var framework = new FrameworkSpec { Name = "f", FailoverTimeout = 60 };
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(_patience.Token);
        var earlier = new PackingScheduler("t", 2, _long);
        var first = silo.Client.Frameworks.RunAsync(framework, Token, earlier, ending.Token);
        await Poll.Until("the first has begun", () => System.Threading.Tasks.Task.FromResult(earlier.Ran.Count == 2 || first.IsFaulted));

        var second = silo.Client.Frameworks.RunAsync(framework, Token, new PackingScheduler("u", 2, _long), ending.Token);

        await Assert.ThrowsAsync<SchedulerFollowedException>(() => first.WaitAsync(_patience.Token));
        Assert.False(second.IsCompleted);
        await ending.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
    }

    [Fact]
    public async Task Run_SiloIsStartedAgain_GoesOn()
    {
        var port = FreePort();
        var scheduler = new PackingScheduler("t", 8, Container(["sleep", "3"]));
        var silo = await SimulatedSilo.Start(_data, "--nodes", "3", "--listen", $"127.0.0.1:{port}");
        try
        {
            await silo.Client.WaitForNode();
            using var other = new ClientOf(silo.Address);
            var run = other.Client.Frameworks.RunAsync(new FrameworkSpec { Name = "f", FailoverTimeout = 120 }, Token, scheduler, _patience.Token);
            await Poll.Until("some run", () => System.Threading.Tasks.Task.FromResult(scheduler.Ran.Count > 0 || run.IsCompleted));
            await silo.DisposeAsync();
            silo = await SimulatedSilo.Start(_data, "--nodes", "3", "--listen", $"127.0.0.1:{port}");
            await run.WaitAsync(_patience.Token);
        }
        finally
        {
            await silo.DisposeAsync();
        }

        Assert.Equal(8, scheduler.Ended.Count);
    }

    [Fact]
    public async Task Teardown_TasksThatRun_AreStoppedAndItIsGone()
    {
        await using var silo = await Start();
        await RunUntil(silo, new FrameworkSpec { Name = "f", FailoverTimeout = 60 }, new PackingScheduler("t", 3, _long), scheduler => scheduler.Ran.Count == 3);

        await silo.Client.Frameworks.DeleteAsync("f", _patience.Token);

        await Poll.Until("it is gone", async () => !await silo.Client.Frameworks.ListAsync(_patience.Token).AnyAsync(_patience.Token));
        Assert.Equal(404, (await Assert.ThrowsAsync<ClusterApiException>(() => silo.Client.Frameworks.GetAsync("f", _patience.Token))).Status);
        await Poll.Until("nothing is claimed", async () => (await silo.Client.Nodes.GetAllAsync(_patience.Token)).Items.All(node => node.TaskCount == 0));
    }

    [Fact]
    public async Task Launch_MoreCallsThanItMay_IsThrottledAndRepeatedUntilItIsTaken()
    {
        await using var silo = await Start();
        await silo.Client.Frameworks.PutAsync(new FrameworkSpec { Name = "f", FailoverTimeout = 60, RateLimit = 5 }, Token, _patience.Token);
        var framework = silo.Client.Frameworks.As("f", Token);

        // Fifty at once, and five more a second: the last ones come back until they are taken.
        await System.Threading.Tasks.Task.WhenAll(Enumerable.Range(0, 60).Select(_ => framework.ReviveAsync(_patience.Token)));
    }

    [Fact]
    public async Task Launch_SameOneTwiceAtOnceAndLater_IsOneLaunchWithOneAnswer()
    {
        await using var silo = await Start();
        await silo.Client.Frameworks.PutAsync(new FrameworkSpec { Name = "f", FailoverTimeout = 60 }, Token, _patience.Token);
        var framework = silo.Client.Frameworks.As("f", Token);
        var launch = new FrameworkLaunch
        {
            TransactionId = "t1",
            Tasks = [new FrameworkTask { Name = "fits", Node = "node-1", Containers = [_long] }, new FrameworkTask { Name = "not", Node = "mars", Containers = [_long] }],
        };

        var answers = await System.Threading.Tasks.Task.WhenAll(framework.LaunchAsync(launch, _patience.Token), framework.LaunchAsync(launch, _patience.Token));
        var later = await framework.LaunchAsync(launch, _patience.Token);

        Assert.All([.. answers, later], answer => Assert.Equal(
            [("fits", "node-1", null), ("not", null, ClaimRejectionReason.NodeUnavailable)], answer.Tasks.Select(task => (task.Task, task.Node, task.Rejection?.Reason))));
        Assert.Equal(1, (await silo.Client.Nodes.GetAsync("node-1", _patience.Token)).TaskCount);
    }

    [Fact]
    public async Task Updates_UntilTheyAreAcknowledged_AreToldAgainToWhoSubscribes()
    {
        await using var silo = await Start();
        await silo.Client.Frameworks.PutAsync(new FrameworkSpec { Name = "f", FailoverTimeout = 60 }, Token, _patience.Token);
        var framework = silo.Client.Frameworks.As("f", Token);
        var first = (await framework.SubscribeAsync(wantsOffers: false, _patience.Token)).Stream;
        await framework.LaunchAsync(new FrameworkLaunch { TransactionId = "t1", Tasks = [new FrameworkTask { Name = "a/b:1", Node = "node-1", Containers = [_long] }] }, _patience.Token);
        var running = await NextUpdate(framework, first);

        var second = (await framework.SubscribeAsync(wantsOffers: false, _patience.Token)).Stream;
        var again = await NextUpdate(framework, second);
        var ended = await framework.ReadEventsAsync(first, 0, TimeSpan.Zero, _patience.Token);
        await framework.AcknowledgeAsync([new(again.Task, again.State), new("nobody", TaskState.Stopped)], _patience.Token);
        await framework.KillAsync("a/b:1", _patience.Token);
        var stopped = await NextUpdate(framework, second);
        await framework.AcknowledgeAsync([new(stopped.Task, stopped.State)], _patience.Token);
        var third = (await framework.SubscribeAsync(wantsOffers: false, _patience.Token)).Stream;

        Assert.Equal([("a/b:1", TaskState.Running), ("a/b:1", TaskState.Running), ("a/b:1", TaskState.Stopped)], new[] { running, again, stopped }.Select(update => (update.Task, update.State)));
        Assert.False(ended.IsOpen);
        Assert.Empty((await framework.ReadEventsAsync(third, 0, TimeSpan.FromSeconds(1), _patience.Token)).Events);
        Assert.Equal((0, 0), (await silo.Client.Frameworks.GetAsync("f", _patience.Token)) is { } view ? (view.Tasks, view.Unacknowledged) : default);
    }

    [Fact]
    public async Task Offers_OneUsedOneDeclined_AreAnswered()
    {
        await using var silo = await Start();
        await silo.Client.Frameworks.PutAsync(new FrameworkSpec { Name = "f", FailoverTimeout = 60 }, Token, _patience.Token);
        var framework = silo.Client.Frameworks.As("f", Token);
        var stream = (await framework.SubscribeAsync(wantsOffers: true, _patience.Token)).Stream;
        var offers = new Dictionary<string, Offer>();
        for (var after = 0L; offers.Count < 3;)
        {
            var news = await framework.ReadEventsAsync(stream, after, TimeSpan.FromSeconds(10), _patience.Token);
            Assert.True(news.IsOpen);
            foreach (var happened in news.Events)
            {
                after = happened.Sequence;
                foreach (var offer in happened.Offers)
                    offers[offer.Node] = offer;
            }
        }

        var launched = await framework.LaunchAsync(
            new FrameworkLaunch
            {
                TransactionId = "t1",
                Tasks = [new FrameworkTask { Name = "a", Node = "node-1", Containers = [_long] }],
                Offers = [offers["node-1"].Id],
                RefuseSeconds = 3600,
            },
            _patience.Token);
        await framework.DeclineAsync([offers["node-2"].Id, offers["node-3"].Id], TimeSpan.FromHours(1), _patience.Token);
        await framework.SuppressAsync(_patience.Token);

        Assert.Equal(4000, offers["node-2"].Resources.Cpu);
        Assert.True(Assert.Single(launched.Tasks).IsCommitted);
        await Poll.Until("nothing is offered", async () => await silo.Client.Frameworks.GetAsync("f", _patience.Token) is { Offers: 0, WantsOffers: false });
        var claimed = (await silo.Client.Nodes.GetAllAsync(_patience.Token)).Items.ToDictionary(node => node.Name, node => node.Claimed.Cpu);
        Assert.Equal((500, 0, 0), (claimed["node-1"], claimed["node-2"], claimed["node-3"]));
    }

    [Fact]
    public async Task Claims_OneLaunchedOnOneReleased_AreItsOwnMeanwhile()
    {
        await using var silo = await Start();
        await silo.Client.Frameworks.PutAsync(new FrameworkSpec { Name = "f" }, Token, _patience.Token);
        var framework = silo.Client.Frameworks.As("f", Token);
        var whole = new FrameworkClaim { Node = "node-1", Resources = new Resources(4000, 64, 0) };

        var claimed = await framework.ClaimAsync(new FrameworkClaims { TransactionId = "c1", Claims = [whole, whole, whole with { Node = "node-2" }], HoldSeconds = 600 }, _patience.Token);
        var held = (await silo.Client.Nodes.GetAllAsync(_patience.Token)).Items.ToDictionary(node => node.Name, node => node.Claimed.Cpu);
        var launched = await framework.LaunchAsync(
            new FrameworkLaunch { TransactionId = "t1", Tasks = [new FrameworkTask { Name = "a", Node = "node-1", Containers = [_long] }], Offers = [claimed.Claims[0].Claim] }, _patience.Token);
        await framework.ReleaseAsync([claimed.Claims[2].Claim], _patience.Token);

        Assert.Equal(["node-1", null, "node-2"], claimed.Claims.Select(claim => claim.Node));
        Assert.Equal((ClaimRejectionReason.DoesNotFit, "cpu"), (claimed.Claims[1].Rejection!.Reason, claimed.Claims[1].Rejection!.Dimension));
        Assert.Equal((4000, 4000, 0), (held["node-1"], held["node-2"], held["node-3"]));
        Assert.True(Assert.Single(launched.Tasks).IsCommitted);
        var left = (await silo.Client.Nodes.GetAllAsync(_patience.Token)).Items.ToDictionary(node => node.Name, node => node.Claimed.Cpu);
        Assert.Equal((500, 0, 0), (left["node-1"], left["node-2"], left["node-3"]));
        var missing = await Assert.ThrowsAsync<ClusterApiException>(() => framework.ClaimAsync(new FrameworkClaims { TransactionId = "c2", Claims = [], HoldSeconds = 0 }, _patience.Token));
        Assert.Equal(["/claims", "/holdSeconds"], missing.Faults.Select(fault => fault.Path));
    }

    [Fact]
    public async Task StartTask_NodeOfChoice_RunsThereOrSaysWhatIsShort()
    {
        await using var silo = await Start();
        var request = new StartTaskRequest { Nodes = ["node-2", "node-3"], Count = 2, Containers = [_long], StartedBy = "somebody" };

        var job = await silo.Client.Tasks.StartAsync(request, _patience.Token);
        await silo.Client.WaitFor(job.Id, "runs", one => one.Tasks[0].Running == 4);
        Assert.Equal("somebody", job.Name);
        Assert.Equal(["node-2", "node-2", "node-3", "node-3"], (await silo.Client.TasksOf(job.Id)).OrderBy(task => task.Index).Select(task => task.Node));

        var full = await Assert.ThrowsAsync<ClusterApiException>(() => silo.Client.Tasks.StartAsync(request with { Count = 7 }, _patience.Token));
        Assert.Equal((409, "/nodes/0", "node node-2 is short of cpu by 500"), (full.Status, full.Faults[0].Path, full.Faults[0].Message));
        var missing = await Assert.ThrowsAsync<ClusterApiException>(() => silo.Client.Tasks.StartAsync(request with { Nodes = ["node-1", "mars"], Priority = 101 }, _patience.Token));
        Assert.Equal((400, "/priority"), (missing.Status, Assert.Single(missing.Faults).Path));
        missing = await Assert.ThrowsAsync<ClusterApiException>(() => silo.Client.Tasks.StartAsync(request with { Nodes = ["node-1", "mars"] }, _patience.Token));
        Assert.Equal((400, "/nodes/1", "there is no node mars in cluster default"), (missing.Status, missing.Faults[0].Path, missing.Faults[0].Message));
        Assert.Equal([job.Id], await silo.Client.Jobs.ListAsync(status: null, _patience.Token).Select(one => one.Id).ToListAsync(_patience.Token));
    }

    private async Task<PackingScheduler> RunUntil(SimulatedSilo silo, FrameworkSpec framework, PackingScheduler scheduler, Func<PackingScheduler, bool> condition)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(_patience.Token);
        var run = silo.Client.Frameworks.RunAsync(framework, Token, scheduler, ending.Token);
        await Poll.Until("the scheduler is so far", () => System.Threading.Tasks.Task.FromResult(condition(scheduler) || run.IsFaulted));
        await ending.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        return scheduler;
    }

    private async Task<FrameworkUpdate> NextUpdate(FrameworkClient framework, string stream)
    {
        for (var after = _taken.GetValueOrDefault(stream); ;)
        {
            var news = await framework.ReadEventsAsync(stream, after, TimeSpan.FromSeconds(10), _patience.Token);
            Assert.True(news.IsOpen);
            if (news.Events is [var happened, ..])
                (after, _taken[stream]) = (happened.Sequence, happened.Sequence);
            if (news.Events is [{ Update: { } update }, ..])
                return update;
        }
    }

    private async Task<SimulatedSilo> Start()
    {
        var silo = await SimulatedSilo.Start(_data, "--nodes", "3");
        await Poll.Until("three nodes have joined", async () => (await silo.Client.Nodes.GetAllAsync()).Items.Count(node => node.Status == NodeStatus.Active) == 3);
        return silo;
    }

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Two meet once; who comes again goes on.</summary>
    private sealed class Barrier2
    {
        private readonly TaskCompletionSource _both = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _came;

        public Task Meet()
        {
            if (Interlocked.Increment(ref _came) == 2)
                _both.SetResult();
            return _both.Task.WaitAsync(TimeSpan.FromSeconds(30));
        }
    }
}
