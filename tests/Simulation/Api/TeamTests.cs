using System.Collections.Immutable;
using OrleansCluster.Testing;

namespace OrleansCluster.Tests.Simulation.Api;

public sealed class TeamTests : IAsyncLifetime
{
    private readonly SimulatedCluster _cluster = SimulatedCluster.Create(21, new SimulationOptions { Patience = TimeSpan.FromMinutes(30) });

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    /// <summary>The DRF paper's cluster of 9 CPUs and 18 GB, through the real queue, scheduler and committer.</summary>
    [Fact]
    public async Task Submit_TheExampleOfThePaper_ThreeTasksOfAAndTwoOfB()
    {
        await _cluster.AddNode("n1", new Resources(9000, 18 * 1024, 0));
        await _cluster.Drain("n1");
        var a = await _cluster.Submit(Job("a", 10, new Resources(1000, 4 * 1024, 0)));
        var b = await _cluster.Submit(Job("b", 10, new Resources(3000, 1024, 0)));
        await _cluster.Until(async () => (await Teams()).Sum(team => team.Queued) == 20, "all tasks are queued");

        await _cluster.Undrain("n1");
        await _cluster.Until(async () => (await _cluster.GetNode("n1"))!.TaskCount >= 5, "five tasks are placed");
        _cluster.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal((3, 2), (await Running(a.Id), await Running(b.Id)));
    }

    [Fact]
    public async Task Submit_OverTheMaximum_WaitsSaysSoAndHoldsUpNobody()
    {
        await _cluster.AddNode("n1", Specs.Node);
        await Declare(new TeamSpec { Name = "a", Maximum = new ResourceLimits { Cpu = 1000 } });
        var a = await _cluster.Submit(Job("a", 4, new Resources(500, 64, 0)));
        await _cluster.Until(async () => await Running(a.Id) == 2, "the team is at its maximum");
        var b = await _cluster.Submit(Job("b", 6, new Resources(500, 64, 0)));
        await _cluster.Until(async () => await Running(b.Id) == 6, "the others have the rest");
        _cluster.Advance(TimeSpan.FromSeconds(10));

        var waiting = (await _cluster.ListTasks(a.Id)).First(task => task.Node is null);
        var explanation = await _cluster.Explain(waiting.Id);

        Assert.Equal(2, await Running(a.Id));
        Assert.Equal("team a at its maximum: cpu 1000 millicores of 1000 millicores used, 500 millicores wanted; waiting can help", explanation!.Summary);
    }

    /// <summary>One team floods the cluster; what is guaranteed to the other is recalled for it.</summary>
    [Fact]
    public async Task Submit_GuaranteedWhileAnotherHasBorrowed_RunsWithinSeconds()
    {
        for (var i = 1; i <= 4; i++)
            await _cluster.AddNode($"n{i}", Specs.Node);
        await Declare(new TeamSpec { Name = "b", Minimum = new ResourceLimits { Cpu = 4000 } });
        var flood = await _cluster.Submit(Job("a", 300, new Resources(500, 64, 0)));
        await _cluster.Until(async () => await Running(flood.Id) == 32, "the cluster is full");
        _cluster.Advance(TimeSpan.FromMinutes(5));
        var asked = _cluster.Time;

        var job = await _cluster.Submit(Job("b", 20, new Resources(500, 64, 0)));
        await _cluster.Until(async () => await Running(job.Id) >= 8, "what is guaranteed runs");
        var took = _cluster.Time - asked;
        _cluster.Advance(TimeSpan.FromSeconds(30));

        Assert.InRange(took, TimeSpan.Zero, TimeSpan.FromSeconds(15));
        Assert.Equal(8, (await _cluster.ListTasks(flood.Id)).Count(task => task.EarlierAttempts is [{ StopCode: StopCode.Preempted }]));
        Assert.Equal((24, 8), (await Running(flood.Id), await Running(job.Id)));
    }

    [Fact]
    public async Task ReadUsage_RunningAndEnded_IsCountedToTheSecond()
    {
        await _cluster.AddNode("n1", Specs.Node);
        var job = await _cluster.Submit(Specs.Job("sleep 100", cpu: 2000) with { Team = "a" });
        await _cluster.WaitForTask($"{job.Id}.work.0", TaskState.Running);
        _cluster.Advance(TimeSpan.FromSeconds(50));
        var running = await Usage();
        await _cluster.WaitForJob(job.Id);
        _cluster.Advance(TimeSpan.FromSeconds(30));
        var ended = await Usage();

        Assert.InRange(running, 100m, 110m);
        Assert.InRange(ended, 200m, 206m);
        _cluster.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(ended, await Usage());
    }

    [Fact]
    public async Task DeleteTeam_WithChildren_IsRefused()
    {
        await _cluster.AddNode("n1", Specs.Node);
        await Declare(new TeamSpec { Name = "p" }, new TeamSpec { Name = "a", Parent = "p" });

        var refused = await _cluster.Call(grains => State(grains).DeleteTeam("p", null));
        var stale = await _cluster.Call(grains => State(grains).DeleteTeam("a", "7"));
        var done = await _cluster.Call(grains => State(grains).DeleteTeam("a", "1"));
        var gone = await _cluster.Call(grains => State(grains).DeleteTeam("a", null));

        Assert.Equal((RefusalKind.Conflict, "Team p has children: a."), (refused!.Kind, refused.Title));
        Assert.Equal("Team a has changed: it is at ETag 1.", stale!.Title);
        Assert.Null(done);
        Assert.Equal(RefusalKind.NotFound, gone!.Kind);
        Assert.Null(await _cluster.Call(grains => State(grains).DeleteTeam("p", null)));
    }

    private static JobSpec Job(string team, int count, Resources resources) => new()
    {
        Name = team,
        Team = team,
        Tasks =
        [
            new JobTaskSpec
            {
                Name = "work",
                Count = count,
                Containers = [new ContainerSpec { Name = "main", Image = "app", Command = ["sh", "-c", "sleep 100000"], Resources = resources, StopTimeout = 5 }],
            },
        ],
    };

    private async Task Declare(params ImmutableArray<TeamSpec> teams) =>
        Assert.Null(await _cluster.Call(grains => State(grains).PutTeams(new TeamSet { Teams = teams })));

    private async Task<int> Running(string job) => (await _cluster.GetJob(job))!.Tasks[0].Running;

    private async Task<ImmutableArray<(string Name, int Queued)>> Teams() => await _cluster.Call(async grains =>
        (await grains.GetGrain<ISchedulerGrain>(GrainKeys.Scheduler(_cluster.Options.Cluster, "batch")).CountQueued()).Select(team => (team.Key, team.Value)).ToImmutableArray());

    private async Task<decimal> Usage() =>
        (await _cluster.Call(grains => State(grains).ReadUsage(_cluster.Clock.GetUtcNow().AddHours(-1), _cluster.Clock.GetUtcNow()))).Sum(row => row.CoreSeconds);

    private IClusterStateGrain State(IGrainFactory grains) => grains.GetGrain<IClusterStateGrain>(GrainKeys.Cluster(_cluster.Options.Cluster));
}
