using System.Collections.Immutable;
using OrleansCluster.Testing;

namespace OrleansCluster.Tests.Simulation;

/// <summary>What seeds once found, done by hand: these stay what they are when the draws change.</summary>
public sealed class ScenarioTests : IAsyncLifetime
{
    private static readonly Resources _size = new(4000, 8192, 0);
    private readonly SimulatedCluster _cluster = SimulatedCluster.Create(7);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task PowerIsLostBeforeAnybodyHearsOfAStart_TheAttemptIsNotStartedAgain()
    {
        await _cluster.AddNode("n1", _size);
        await _cluster.Submit("job-a", Job("sleep 5"));
        RunUntil(() => _cluster.Host("n1").Runtime.Running().Length > 0);

        // The report that it runs is not even sent.
        _cluster.TurnOff("n1");
        _cluster.Advance(TimeSpan.FromSeconds(2));
        _cluster.TurnOn("n1");
        var job = await _cluster.WaitForJob("job-a");

        Assert.Equal(JobStatus.Succeeded, job.Status);
        Assert.Equal(2, Assert.Single(await _cluster.ListTasks("job-a")).Attempt);
    }

    [Fact]
    public async Task SiloThatKnowsOfNoOther_IsIsolated_StopsItsTasksBeforeTheyRunElsewhere()
    {
        await _cluster.AddNode("n1", _size);
        await _cluster.AddNode("n2", _size);
        await _cluster.Submit("job-a", Job("sleep 120", count: 4));
        RunUntil(() => _cluster.Host("n2").Runtime.Running().Length == 4 || _cluster.Host("n1").Runtime.Running().Length == 4);
        var (busy, other) = _cluster.Host("n2").Runtime.Running().Length == 4 ? ("n2", "n1") : ("n1", "n2");
        _cluster.TurnOff(other);
        RunUntil(() => _cluster.Host(busy).Silo!.Others.IsEmpty);
        _cluster.TurnOn(other);
        RunUntil(() => _cluster.Membership.Alive.Length == 2);

        // It has not read of the other one yet.
        Assert.Empty(_cluster.Host(busy).Silo!.Others);
        _cluster.CutOff(busy, fromDatabase: true);
        await _cluster.Until(async () => (await _cluster.ListTasks("job-a")).All(task => task is { Attempt: 2, State: TaskState.Running }), "all run elsewhere");

        Assert.Equal(JobStatus.Succeeded, (await _cluster.WaitForJob("job-a")).Status);
    }

    [Fact]
    public async Task AgentIsPausedPastItsLease_ItsNodeIsLostOrItIsBack_NeverBoth()
    {
        await _cluster.AddNode("n1", _size);
        await _cluster.AddNode("n2", _size);
        for (var round = 0; round < 5; round++)
        {
            await _cluster.Submit($"job-{round}", Job("sleep 10", count: 12));
            RunUntil(() => _cluster.Host("n1").Runtime.Running().Length > 0);
            var silo = _cluster.Host("n1").Silo!;
            silo.Process.Pause();
            _cluster.Advance(TimeSpan.FromSeconds(13 + round));
            silo.Process.Resume();
            Assert.Equal(JobStatus.Succeeded, (await _cluster.WaitForJob($"job-{round}")).Status);
        }
    }

    [Fact]
    public async Task SchedulerIsRefusedWhileAWriteIsUnderWay_WaitsForNews()
    {
        // With every answer of the store late, and leases that lapse for it, this takes 4 to 13 minutes, by the seed.
        await using var slow = SimulatedCluster.Create(3, new SimulationOptions { Patience = TimeSpan.FromMinutes(30), Faults = new FaultRates { StoreSlow = 1 } });
        slow.StartFaults();
        slow.Add("n1", _size, ImmutableSortedDictionary<string, string>.Empty, new ExtraCapacity()).TurnOn();
        slow.Add("n2", _size, ImmutableSortedDictionary<string, string>.Empty, new ExtraCapacity()).TurnOn();
        await slow.Until(async () => (await slow.ListNodes()).Count == 2, "both nodes");
        await slow.Submit("job-a", Job("sleep 1", count: 20));
        await slow.Submit("job-b", Job("sleep 1", count: 20));

        // Otherwise time stands still, and that is found.
        Assert.Equal(JobStatus.Succeeded, (await slow.WaitForJob("job-a")).Status);
        Assert.Equal(JobStatus.Succeeded, (await slow.WaitForJob("job-b")).Status);
    }

    [Fact]
    public async Task CommitterWasFollowedAndItsFollowerIsGone_DoesNotShowWhatItHadForEver()
    {
        await _cluster.AddNode("n1", _size);
        await _cluster.AddNode("n2", _size);
        await _cluster.AddNode("n3", _size);
        await _cluster.Submit("job-a", Job("sleep 30", count: 3));
        RunUntil(() => _cluster.Hosts.Sum(host => host.Runtime.Running().Length) == 3);

        // Of each grain that is active another activation appears, and takes over for some time.
        for (var i = 0; i < 40; i++)
        {
            _cluster.Directory.Double();
            _cluster.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(JobStatus.Succeeded, (await _cluster.WaitForJob("job-a")).Status);
        await _cluster.Until(() => Task.FromResult(!_cluster.Invariants!.LeftOver().Any()), "nothing is left over");
    }

    [Fact]
    public async Task ReaderHearsThatAnotherActivationHasEndedTheJob_WhileTheOlderLooksForItsTasks_TheOlderDoesNotEndItAgain()
    {
        const string id = "job-a";
        await _cluster.AddNode("n1", _size);
        await _cluster.AddNode("n2", _size);
        await _cluster.Submit(id, Job("exit 3"));
        var key = GrainKeys.Job(_cluster.Options.Cluster, id);
        var older = _cluster.Hosts.Select(host => host.Silo!).Single(silo => silo.Holds<IJobGrain>(key));
        var newer = _cluster.Hosts.Select(host => host.Silo!).Single(silo => silo != older);

        // The job's only task has failed, and before the job ends it asks the store for others: that takes long.
        var isAsked = false;
        _cluster.Edges.AtList((silo, query) => isAsked = silo == older && query.Parent == id && _cluster.Invariants!.AreTasksOver(id));
        RunUntil(() => isAsked);
        Assert.True(_cluster.Directory.Double(key, stays: true));
        var answer = newer.Request(silo => silo.Engine.GetGrain<IJobGrain>(key).Get());
        RunUntil(() => _cluster.Invariants!.HasEnded(id));
        Assert.True(newer.Holds<IJobGrain>(key));
        var heard = older.Request(silo => silo.Engine.GetGrain<IJobGrain>(key).Get());
        RunUntil(() => heard.IsCompleted && answer.IsCompleted);
        _cluster.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(JobStatus.Failed, (await heard)!.Status);
        Assert.Equal(JobStatus.Failed, (await _cluster.WaitForJob(id)).Status);
    }

    [Fact]
    public async Task ANewerActivationHasRegisteredARevision_TheOlderIsAskedForIt_ItKnowsIt()
    {
        await _cluster.AddNode("n1", _size);
        await _cluster.AddNode("n2", _size);
        var key = GrainKeys.TaskDefinition("app");
        await _cluster.Call(grains => grains.GetGrain<ITaskDefinitionGrain>(key).Register(Definition("exit 0")));
        var older = _cluster.Hosts.Select(host => host.Silo!).Single(silo => silo.Holds<ITaskDefinitionGrain>(key));
        var newer = _cluster.Hosts.Select(host => host.Silo!).Single(silo => silo != older);
        Assert.True(_cluster.Directory.Double(key, stays: true));
        var registered = newer.Request(silo => silo.Engine.GetGrain<ITaskDefinitionGrain>(key).Register(Definition("exit 1")));
        RunUntil(() => registered.IsCompleted);
        Assert.True(newer.Holds<ITaskDefinitionGrain>(key) && older.Holds<ITaskDefinitionGrain>(key));

        var asked = older.Request(silo => silo.Engine.GetGrain<ITaskDefinitionGrain>(key).Get(2));
        RunUntil(() => asked.IsCompleted);

        Assert.Equal("app:2", (await registered).Value!.Name);
        Assert.Equal("app:2", (await asked)?.Name);
    }

    [Fact]
    public async Task SmallTasksKeepComing_ALargeOneThatCameBeforeThemStartsAllTheSame()
    {
        await _cluster.AddNode("n1", _size);
        await _cluster.Submit("job-first", Job("sleep 5", count: 8));
        RunUntil(() => _cluster.Host("n1").Runtime.Running().Length == 8);
        await _cluster.Submit("job-large", Job("sleep 5", size: new Resources(3000, 1024, 0)));

        // Each takes what the ones before it leave, so that there is never as much at once as the large one wants.
        for (var i = 0; i < 60; i++)
        {
            await _cluster.Submit($"job-small-{i}", Job("sleep 8", size: new Resources(500, 256, 0)));
            _cluster.Advance(TimeSpan.FromSeconds(0.5));
        }

        Assert.Equal(JobStatus.Succeeded, (await _cluster.GetJob("job-large"))!.Status);
        Assert.Equal(JobStatus.Running, (await _cluster.GetJob("job-small-59"))!.Status);
    }

    [Fact]
    public async Task SiloOfAPlannedJobDiesBeforeItCanSayThatItIsPlaced_ItsTasksAreOverByThen_TheJobIsPlaced()
    {
        // Where its grains are is drawn, and so whether its tasks can end before the job is active again.
        const int Seeds = 40;
        var isOverBefore = 0;
        for (var seed = 1UL; seed <= Seeds; seed++)
        {
            await using var cluster = SimulatedCluster.Create(seed);
            await cluster.AddNode("n1", _size);
            await cluster.AddNode("n2", _size);
            await cluster.AddNode("n3", _size);
            const string id = "job-a";
            var key = GrainKeys.Job(cluster.Options.Cluster, id);
            var plan = (await cluster.Call(grains => grains.GetGrain<IJobGrain>(key).Plan(Job("exit 0")))).Value!;
            var holder = cluster.Hosts.Last(host => host.Name != plan.Placements[0].Node);
            var isPlaced = false;
            cluster.Database.Written += unit =>
            {
                if (!unit.ClaimsAdded.IsEmpty && holder.Silo!.Holds<IJobGrain>(key))
                    cluster.KillSilo(holder.Name);
                isPlaced |= unit.Events.Any(happened => happened.Type == "job.placed");
            };
            _ = holder.Silo!.Request(silo => silo.Engine.GetGrain<IJobGrain>(key).SubmitPlan(plan));
            Assert.True(cluster.World.Run(() => cluster.Invariants!.AreTasksOver(id), cluster.Time + TimeSpan.FromMinutes(2)), "Its task does not end.");
            isOverBefore += isPlaced ? 0 : 1;

            Assert.Equal(JobStatus.Succeeded, (await cluster.WaitForJob(id)).Status);
            Assert.True((await cluster.Call(grains => grains.GetGrain<IJobGrain>(key).SubmitPlan(plan))).IsAccepted, $"Seed {seed}: the plan was carried out, and is refused.");
        }

        Assert.InRange(isOverBefore, 1, Seeds);
    }

    private static TaskDefinitionSpec Definition(string script) =>
        new() { Family = "app", Containers = [new ContainerSpec { Name = "main", Image = "app", Command = ["sh", "-c", script], Resources = _size }] };

    private static JobSpec Job(string script, int count = 1, Resources? size = null) => new()
    {
        Name = "job",
        Tasks =
        [
            new JobTaskSpec
            {
                Name = "work",
                Count = count,
                Containers = [new ContainerSpec { Name = "main", Image = "app", Command = ["sh", "-c", script], Resources = size ?? new Resources(500, 256, 0) }],
            },
        ],
    };

    private void RunUntil(Func<bool> holds) => Assert.True(_cluster.World.Run(holds, _cluster.Time + TimeSpan.FromMinutes(2)), "It did not come.");
}
