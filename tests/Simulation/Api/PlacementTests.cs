using System.Collections.Immutable;
using OrleansCluster.Testing;

namespace OrleansCluster.Tests.Simulation.Api;

public sealed class PlacementTests : IAsyncLifetime
{
    private static readonly Resources _size = new(4000, 8192, 0);
    private readonly SimulatedCluster _cluster = SimulatedCluster.Create(3);

    public async ValueTask InitializeAsync()
    {
        await _cluster.AddNode("n1", _size, Zone("a"));
        await _cluster.AddNode("n2", _size, Zone("b"));
        await _cluster.AddNode("n3", _size, Zone("b"));
    }

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task MemberOf_NodeIsLost_WaitsForItWhereOthersDoNotMatch()
    {
        var job = await _cluster.Submit(Job(1, "sleep 60", [MemberOf("attribute:zone == a")], []));
        await _cluster.WaitForTask($"{job.Id}.main.0", TaskState.Running);
        _cluster.TurnOff("n1");
        await _cluster.Until(async () => (await _cluster.Explain($"{job.Id}.main.0"))?.Summary.Contains("2 not matching", StringComparison.Ordinal) == true, "it waits for its node");

        _cluster.TurnOn("n1");

        Assert.Equal(JobStatus.Succeeded, (await _cluster.WaitForJob(job.Id)).Status);
        Assert.Equal(("n1", 2), ((await _cluster.ListTasks(job.Id))[0].Node, (await _cluster.ListTasks(job.Id))[0].Attempt));
    }

    [Fact]
    public async Task DistinctInstance_MoreTasksThanNodes_RunsThemInTurns()
    {
        var job = await _cluster.Submit(Job(5, "sleep 10", [new PlacementConstraint { Type = PlacementConstraintType.DistinctInstance }], []));
        await _cluster.Until(async () => (await _cluster.GetJob(job.Id))!.Tasks[0].Running == 3, "three run");

        Assert.Equal(3, (await _cluster.ListTasks(job.Id)).Select(task => task.Node).OfType<string>().Distinct().Count());
        Assert.Equal(JobStatus.Succeeded, (await _cluster.WaitForJob(job.Id)).Status);
        _cluster.AssertNothingLeftOver();
    }

    [Fact]
    public async Task Spread_OverZonesThenNodes_IsEvenInBoth()
    {
        var spread = new[] { "attribute:zone", "instanceId" }.Select(field => new PlacementStep { Type = PlacementStepType.Spread, Field = field });
        var job = await _cluster.Submit(Job(8, "sleep 100", [], [.. spread]));
        await _cluster.Until(async () => (await _cluster.GetJob(job.Id))!.Tasks[0].Running == 8, "all run");

        var counts = (await _cluster.ListTasks(job.Id)).CountBy(task => task.Node!).OrderBy(count => count.Key, StringComparer.Ordinal).Select(count => count.Value);

        Assert.Equal([4, 2, 2], counts);
    }

    private static ImmutableSortedDictionary<string, string> Zone(string zone) => ImmutableSortedDictionary<string, string>.Empty.Add("zone", zone);

    private static PlacementConstraint MemberOf(string expression) => new() { Type = PlacementConstraintType.MemberOf, Expression = expression };

    private static JobSpec Job(int count, string script, ImmutableArray<PlacementConstraint> constraints, ImmutableArray<PlacementStep> strategy) => new()
    {
        Name = "job",
        Tasks =
        [
            new JobTaskSpec
            {
                Name = "main",
                Count = count,
                PlacementConstraints = constraints,
                PlacementStrategy = strategy,
                Containers = [new ContainerSpec { Name = "main", Image = "app", Command = ["sh", "-c", script], Resources = new Resources(100, 64, 0) }],
            },
        ],
    };
}
