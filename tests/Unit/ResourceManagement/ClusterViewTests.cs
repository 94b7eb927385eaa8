using OrleansCluster.Grains.ResourceManagement;

namespace OrleansCluster.Tests.Unit.ResourceManagement;

public sealed class ClusterViewTests
{
    private readonly ClusterView _view = new();

    [Fact]
    public void Apply_AnswersOutOfOrder_KeepsTheNewer()
    {
        _view.Apply(Delta("a", 1, isSnapshot: true, Node("n1", 1), Node("n2", 1)));
        Assert.True(_view.Apply(Delta("a", 5, isSnapshot: false, Node("n1", 5))));

        Assert.False(_view.Apply(Delta("a", 3, isSnapshot: false, Node("n1", 3))));

        Assert.Equal([5L, 1L], _view.ReadSince(ClusterVersion.None).Nodes.Select(n => n.ETag));
    }

    [Fact]
    public void ReadSince_VersionOfThisIncarnation_AnswersWithWhatChanged()
    {
        _view.Apply(Delta("a", 1, isSnapshot: true, Node("n1", 1), Node("n2", 1)));
        _view.Apply(Delta("a", 4, isSnapshot: false, Node("n2", 4)));

        var delta = _view.ReadSince(new ClusterVersion("a", 1));

        Assert.Equal((false, "n2", 4), (delta.IsSnapshot, Assert.Single(delta.Nodes).Name, delta.Version.Number));
        Assert.Empty(_view.ReadSince(delta.Version).Nodes);
    }

    [Fact]
    public void Apply_AnotherIncarnation_TakesItsSnapshotAndNoOldDelta()
    {
        _view.Apply(Delta("a", 9, isSnapshot: true, Node("n1", 9), Node("gone", 9)));
        Assert.True(_view.Apply(Delta("b", 1, isSnapshot: true, Node("n1", 10))));

        Assert.False(_view.Apply(Delta("a", 10, isSnapshot: false, Node("n1", 11))));

        var read = _view.ReadSince(new ClusterVersion("a", 9));
        Assert.Equal((true, "n1", 10L), (read.IsSnapshot, Assert.Single(read.Nodes).Name, read.Nodes[0].ETag));
    }

    private static ClusterDelta Delta(string incarnation, long number, bool isSnapshot, params NodeSnapshot[] nodes) =>
        new() { Version = new ClusterVersion(incarnation, number), IsSnapshot = isSnapshot, Nodes = [.. nodes] };

    private static NodeSnapshot Node(string name, long etag) =>
        new() { Name = name, ETag = etag, Status = NodeStatus.Active, Capacity = new Resources(1, 1, 1), Claimed = Resources.Zero };
}
