using OrleansCluster.Grains.ResourceManagement;
using static OrleansCluster.Tests.Unit.ResourceManagement.ClusterStateSamples;

namespace OrleansCluster.Tests.Unit.ResourceManagement;

public sealed class ClusterStateTests
{
    [Fact]
    public void ReadSince_ChangeNotPublished_ShowsNothingOfIt()
    {
        var state = StateOf(("n1", 1000, 100));
        var before = state.Version;

        var change = state.Add(ClaimValidator.Validate(state, Transaction(Request("a", "n1", 600))).Accepted);
        var unpublished = state.ReadSince(default).Nodes[0];
        state.Publish(change);
        var delta = state.ReadSince(before);

        Assert.Equal(0, unpublished.Claimed.Cpu);
        Assert.Equal(600, Assert.Single(delta.Nodes).Claimed.Cpu);
        Assert.False(delta.IsSnapshot);
    }

    [Fact]
    public void Publish_CompletionsOutOfOrder_KeepsTheNewest()
    {
        var state = StateOf(("n1", 1000, 100));
        var first = state.Add(ClaimValidator.Validate(state, Transaction(Request("a", "n1", 100))).Accepted);
        var second = state.Add(ClaimValidator.Validate(state, Transaction(Request("b", "n1", 100))).Accepted);

        state.Publish(second);
        var late = state.Publish(first);

        Assert.Empty(late);
        Assert.Equal(200, state.ReadSince(default).Nodes[0].Claimed.Cpu);
    }

    [Fact]
    public void Totals_AreTheSumsOfWhatIsPublished()
    {
        var state = StateOf(("n1", 1000, 100), ("n2", 500, 50));
        var unpublished = state.Add(ClaimValidator.Validate(state, Transaction(Request("a", "n1", 600, 10))).Accepted);
        var active = state.Totals.ByStatus[(int)NodeStatus.Active];
        Assert.Equal((2, 0, 1500, 0), (active.Nodes, active.Claims, active.CpuCapacity, active.CpuClaimed));

        state.Publish(unpublished);
        Apply(state, Transaction(Request("b", "n2", 100, 20)));
        state.Publish(state.Put(RowOf("n2", 500, 50, NodeStatus.Lost), new Grains.Storage.EventDraft(default, "node.lost", "n2", "", "{}")));

        active = state.Totals.ByStatus[(int)NodeStatus.Active];
        var lost = state.Totals.ByStatus[(int)NodeStatus.Lost];
        Assert.Equal((1, 1, 1000, 600, 100, 10), (active.Nodes, active.Claims, active.CpuCapacity, active.CpuClaimed, active.MemoryCapacity, active.MemoryClaimed));
        Assert.Equal((1, 1, 500, 100, 50, 20), (lost.Nodes, lost.Claims, lost.CpuCapacity, lost.CpuClaimed, lost.MemoryCapacity, lost.MemoryClaimed));
    }

    [Fact]
    public void ReadSince_OnlyNodesThatChanged()
    {
        var state = StateOf(("n1", 1000, 100), ("n2", 1000, 100), ("n3", 1000, 100));
        var before = state.Version;
        Apply(state, Transaction(Request("a", "n2", 1)));

        Assert.Equal("n2", Assert.Single(state.ReadSince(before).Nodes).Name);
        Assert.Empty(state.ReadSince(state.Version).Nodes);
    }

    [Fact]
    public void ReadSince_AnotherIncarnation_IsASnapshot()
    {
        var state = StateOf(("n1", 1000, 100), ("n2", 1000, 100));

        var delta = state.ReadSince(new ClusterVersion("another", 99));

        Assert.True(delta.IsSnapshot);
        Assert.Equal(2, delta.Nodes.Length);
    }

    [Fact]
    public void AddThenRemove_WritesChainEtagsAndRestoresSums()
    {
        var state = StateOf(("n1", 1000, 100));
        var added = Apply(state, Transaction(Request("a", "n1", 600, 10, 1, new HostPort(80, PortProtocol.Tcp))));

        var removed = state.Remove([state.FindClaim("a#1")!], DateTimeOffset.UnixEpoch);
        state.Publish(removed);

        Assert.Equal(1, added.Unit.Nodes[0].ExpectedETag);
        Assert.Equal(added.Unit.Nodes[0].Row.ETag, removed.Unit.Nodes[0].ExpectedETag);
        Assert.True(removed.Unit.Nodes[0].Row.ETag > added.Unit.Nodes[0].Row.ETag);
        Assert.Equal(default, removed.Unit.Nodes[0].Row.Claimed);
        Assert.Equal(["a#1"], removed.Unit.ClaimsRemoved);
        Assert.Empty(state.ReadSince(default).Nodes[0].ClaimedPorts);
    }

    [Fact]
    public void Add_TwoActivationsOnOneState_MakeDifferentETags()
    {
        // The second write of one must not find what it expects after the first write of the other.
        var one = ClusterState.Load("test", "one", new Grains.Storage.ClusterRows([RowOf("n1", 1000, 100)], []));
        var other = ClusterState.Load("test", "other", new Grains.Storage.ClusterRows([RowOf("n1", 1000, 100)], []));

        Apply(one, Transaction(Request("a", "n1", 1)));
        var second = Apply(one, Transaction(Request("b", "n1", 1)));
        var first = Apply(other, Transaction(Request("c", "n1", 1)));

        Assert.NotEqual(second.Unit.Nodes[0].ExpectedETag, first.Unit.Nodes[0].Row.ETag);
    }

    [Fact]
    public void NodeChanges_LessCapacityThanClaimed_NamesEveryDimension()
    {
        var registration = new NodeRegistration
        {
            Node = "n1",
            Capacity = new Resources(500, 50, 1000),
            Session = "s",
            Runtime = "simulated",
        };

        var faults = NodeChanges.FaultsOf(registration, new Resources(600, 60, 0), extraClaimed: null);

        Assert.Equal(["/capacity/cpu", "/capacity/memory"], faults.Select(f => f.Path));
        Assert.Empty(NodeChanges.FaultsOf(registration, new Resources(500, 50, 1000), extraClaimed: null));
    }
}
