using System.Collections.Immutable;
using OrleansCluster.Grains.Frameworks;

namespace OrleansCluster.Tests.Unit.Frameworks;

/// <summary>Who is offered what.</summary>
public sealed class OfferAllocatorTests
{
    private static readonly DateTimeOffset _now = DateTimeOffset.UnixEpoch.AddDays(1);

    [Fact]
    public void Allocate_TwoTeams_GetNodesInTurn()
    {
        var allocator = With([Node("n1"), Node("n2"), Node("n3"), Node("n4")]);

        var allocations = allocator.Allocate([Demand("a", "x"), Demand("b", "y")], _now);

        Assert.Equal(["n1", "n2", "n3", "n4"], allocations.Select(each => each.Node.Name));
        Assert.Equal(2, allocations.Count(each => each.Framework.Name == "a"));
    }

    [Fact]
    public void Allocate_OneTeam_GoesToTheFrameworkThatUsesLeast()
    {
        var allocator = With([Node("n1"), Node("n2")]);

        var allocations = allocator.Allocate([Demand("a", "x") with { Used = new ResourceTotals(8000, 8192, 0, 0) }, Demand("b", "x")], _now);

        Assert.All(allocations, each => Assert.Equal("b", each.Framework.Name));
    }

    [Fact]
    public void Allocate_RefusedNode_GoesToAnotherOrNobodyUntilItsTime()
    {
        var allocator = With([Node("n1")]);
        var refusing = Demand("a", "x") with { Refused = ImmutableSortedDictionary<string, DateTimeOffset>.Empty.Add("n1", _now.AddSeconds(5)) };

        Assert.Empty(allocator.Allocate([refusing], _now));
        Assert.Equal("b", Assert.Single(allocator.Allocate([refusing, Demand("b", "x")], _now)).Framework.Name);
        Assert.Equal("a", Assert.Single(allocator.Allocate([refusing], _now.AddSeconds(5))).Framework.Name);
    }

    [Fact]
    public void Allocate_TakenDrainedAndTinyNodes_AreNotOffered()
    {
        var allocator = With(
        [
            Node("full") with { Claimed = new Resources(4000, 4096, 0) },
            Node("drained") with { Status = NodeStatus.Draining },
            Node("tiny") with { Claimed = new Resources(3950, 0, 0) },
            Node("good") with { Claimed = new Resources(1000, 96, 0) },
        ]);

        var offered = Assert.Single(allocator.Allocate([Demand("a", "x")], _now));

        Assert.Equal(("good", new Resources(3000, 4000, 10_000)), (offered.Node.Name, offered.Resources));
    }

    [Fact]
    public void Allocate_TeamWithAMaximum_IsOfferedNoMore()
    {
        var allocator = With([Node("n1"), Node("n2")], new TeamSnapshot
        {
            Name = "x",
            Spec = new TeamSpec { Name = "x", Maximum = new ResourceLimits { Cpu = 5000 } },
            Used = new ResourceTotals(500, 0, 0, 0),
            Claims = 1,
            ETag = 1,
        });

        var allocations = allocator.Allocate([Demand("a", "x")], _now);

        Assert.Equal([4000, 500], allocations.Select(each => each.Resources.Cpu));
    }

    [Fact]
    public void Allocate_TwiceOnTheSameState_IsTheSame()
    {
        var allocator = With([Node("n1"), Node("n2"), Node("n3")]);
        ImmutableArray<FrameworkDemand> demands = [Demand("a", "x"), Demand("b", "y")];

        Assert.Equal(allocator.Allocate(demands, _now).Select(each => (each.Framework.Name, each.Node.Name)), allocator.Allocate(demands, _now).Select(each => (each.Framework.Name, each.Node.Name)));
    }

    [Fact]
    public void Add_MoreThanAStreamHolds_ClosesIt()
    {
        var stream = new FrameworkStream("s");
        for (var i = 0; i <= FrameworkStream.MostWaiting; i++)
            stream.TellRescinded($"{i}");

        Assert.False(stream.IsOpen);
        Assert.Empty(stream.After(0));
    }

    [Fact]
    public void After_SequenceTakenIn_ForgetsWhatIsBefore()
    {
        var stream = new FrameworkStream("s");
        foreach (var offer in new[] { "a", "b", "c" })
            stream.TellRescinded(offer);

        Assert.Equal(["a", "b", "c"], stream.After(0).Select(one => one.Rescinded));
        Assert.Equal(["c"], stream.After(2).Select(one => one.Rescinded));
    }

    private static OfferAllocator With(ImmutableArray<NodeSnapshot> nodes, params ImmutableArray<TeamSnapshot> teams)
    {
        var allocator = new OfferAllocator();
        allocator.Apply(new ClusterDelta { Version = new ClusterVersion("i", 1), IsSnapshot = true, Nodes = nodes, Teams = teams });
        return allocator;
    }

    private static NodeSnapshot Node(string name) => new() { Name = name, ETag = 1, Status = NodeStatus.Active, Capacity = new Resources(4000, 4096, 10_000), Claimed = default };

    private static FrameworkDemand Demand(string name, string team) => new() { Spec = new FrameworkSpec { Name = name, Team = team }, Used = ResourceTotals.Zero };
}
