using OrleansCluster.Placement;

namespace OrleansCluster.Tests.Properties.Placement;

public sealed class PlacementProperties
{
    [Fact]
    public void Decide_AnyCluster_NeverOverCommitsANode() => Check.ForAll(Generate.Cases, c =>
    {
        var model = Model(c);
        foreach (var decision in PlacementEngine.Decide(ClusterArrays.From(c.Snapshot), c.Requests, c.Seed).Where(decision => decision.IsPlaced))
        {
            var node = model[decision.NodeIndex];
            node.Take(decision.Request);
            Assert.Equal(NodeStatus.Active, node.Node.Status);
            Assert.True(node.Free is { Cpu: >= 0, Memory: >= 0, Disk: >= 0 }, $"{decision.Node} is over-committed: {node.Free} free");
        }
    });

    [Fact]
    public void Decide_AnyCluster_IsBruteForceBestFit() => Check.ForAll(Generate.Cases, c =>
    {
        var model = Model(c);
        var largest = c.Nodes.Aggregate(Resources.Zero, (most, node) => new Resources(
            Math.Max(most.Cpu, node.Capacity.Cpu), Math.Max(most.Memory, node.Capacity.Memory), Math.Max(most.Disk, node.Capacity.Disk)));
        foreach (var decision in PlacementEngine.Decide(ClusterArrays.From(c.Snapshot), c.Requests, c.Seed))
        {
            var feasible = model.Where(node => node.Fits(decision.Request)).ToList();
            Assert.Equal(feasible.Count > 0, decision.IsPlaced);
            if (!decision.IsPlaced)
                continue;

            var chosen = model[decision.NodeIndex];
            Assert.Contains(chosen, feasible);
            Assert.Equal(feasible.Min(node => node.Score(largest)), chosen.Score(largest));
            chosen.Take(decision.Request);
        }
    });

    [Fact]
    public void Decide_AtRandom_TakesANodeThatFitsWhereThereIsOne() => Check.ForAll(Generate.Cases, c =>
        Follow(Model(c), PlacementEngine.Decide(ClusterArrays.From(c.Snapshot), c.Requests, c.Seed, TaskPlacementStrategy.Random)));

    /// <summary>Whatever fits somewhere is placed, and where it is placed it fits.</summary>
    internal static void Follow(IReadOnlyList<ModelNode> model, IEnumerable<PlacementDecision> decisions)
    {
        foreach (var decision in decisions)
        {
            Assert.Equal(model.Any(node => node.Fits(decision.Request)), decision.IsPlaced);
            if (!decision.IsPlaced)
                continue;
            Assert.True(model[decision.NodeIndex].Fits(decision.Request), $"{decision.Node} is over-committed");
            model[decision.NodeIndex].Take(decision.Request);
        }
    }

    [Fact]
    public void Decide_AtRandom_ReachesEveryNodeThatFits() => Check.ForAll(Generate.Cases, c =>
    {
        var arrays = ClusterArrays.From(c.Snapshot);
        foreach (var request in c.Requests.Take(1))
        {
            var reached = Enumerable.Range(0, 40 * c.Nodes.Length)
                .Select(seed => PlacementEngine.Decide(arrays.Copy(), [request], (ulong)seed, TaskPlacementStrategy.Random)[0].Node).OfType<string>().ToHashSet();
            var fitting = Model(c).Where(node => node.Fits(request)).Select(node => node.Node.Name).ToHashSet();
            Assert.True(fitting.SetEquals(reached), $"{reached.Count} of {fitting.Count} nodes were reached");
        }
    });

    [Fact]
    public void Decide_AnyCluster_NamesTheNodeItIndexesOrExplains() => Check.ForAll(Generate.Cases, c =>
    {
        var decisions = PlacementEngine.Decide(ClusterArrays.From(c.Snapshot), c.Requests, c.Seed);

        Assert.Equal(c.Requests, decisions.Select(decision => decision.Request));
        foreach (var decision in decisions)
        {
            if (decision.IsPlaced)
                Assert.Equal((c.Nodes[decision.NodeIndex].Name, c.Nodes[decision.NodeIndex].ETag, null), (decision.Node, decision.NodeETag, decision.Explanation));
            else
                Assert.Equal((-1, 0), (decision.NodeIndex, decision.Explanation.Feasible));
        }
    });

    [Fact]
    public void Decide_SameSeed_DecidesTheSame() => Check.ForAll(Generate.Cases, c =>
    {
        var arrays = ClusterArrays.From(c.Snapshot);

        var first = PlacementEngine.Decide(arrays.Copy(), c.Requests, c.Seed);
        var second = PlacementEngine.Decide(arrays, c.Requests, c.Seed);

        Assert.Equal(first.Select(decision => (decision.NodeIndex, decision.Explanation?.Summary)), second.Select(decision => (decision.NodeIndex, decision.Explanation?.Summary)));
    });

    [Fact]
    public void Explain_AnyCluster_CountsEveryNodeOnce() => Check.ForAll(Generate.Cases, c =>
    {
        var arrays = ClusterArrays.From(c.Snapshot);
        var model = Model(c);
        foreach (var request in c.Requests)
        {
            var explanation = PlacementEngine.Explain(arrays, request);

            Assert.Equal(c.Nodes.Length, explanation.Nodes);
            Assert.Equal(explanation.Nodes, explanation.Feasible + explanation.Shortfalls.Sum(shortfall => shortfall.Nodes));
            Assert.Equal(model.Count(node => node.Fits(request)), explanation.Feasible);
            Assert.Equal(c.Nodes.IsEmpty || c.Nodes.Any(node => FitsWhenEmpty(node, request.Resources)), explanation.WaitingCanHelp);
        }
    });

    private static bool FitsWhenEmpty(NodeSnapshot node, Resources wanted) =>
        node.Capacity.Cpu >= wanted.Cpu && node.Capacity.Memory >= wanted.Memory && node.Capacity.Disk >= wanted.Disk;

    private static List<ModelNode> Model(PlacementCase c) => [.. c.Nodes.Select(node => new ModelNode(node))];
}
