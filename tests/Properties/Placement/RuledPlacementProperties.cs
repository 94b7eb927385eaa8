using OrleansCluster.Placement;

namespace OrleansCluster.Tests.Properties.Placement;

public sealed class RuledPlacementProperties
{
    [Fact]
    public void Decide_ConstraintsAndStrategies_IsWhatThePlainModelSays() => Check.ForAll(RuledCase.All, c =>
    {
        Compare(c, PlacementEngine.Decide(ClusterArrays.From(c.Snapshot), c.Requests, c.Seed));
    });

    [Fact]
    public void Decide_AfterDeltas_IsWhatItIsOnASnapshot() => Check.ForAll(RuledCase.All, c =>
    {
        // Half of the nodes were otherwise before, and columns of them are known.
        var arrays = ClusterArrays.From(c.Snapshot with { Nodes = [.. c.Nodes.Reverse().Zip(c.Nodes, (other, node) => other with { Name = node.Name })] });
        PlacementEngine.Decide(arrays.Copy(), c.Requests, c.Seed);
        arrays.Apply(c.Snapshot with { IsSnapshot = false, Version = new ClusterVersion("i", 2), Nodes = [.. c.Nodes.Where((_, i) => i % 2 == 0)] });
        PlacementEngine.Decide(arrays.Copy(), c.Requests, c.Seed);
        arrays.Apply(c.Snapshot with { IsSnapshot = false, Version = new ClusterVersion("i", 3), Nodes = [.. c.Nodes.Where((_, i) => i % 2 == 1)] });

        Compare(c, PlacementEngine.Decide(arrays.Copy(), c.Requests, c.Seed));
    });

    [Fact]
    public void Decide_OneByOneOnACopyOfACopy_IsWhatTheBatchIs() => Check.ForAll(RuledCase.All, c =>
    {
        var arrays = ClusterArrays.From(c.Snapshot);
        var decisions = new List<PlacementDecision>();
        foreach (var request in c.Requests)
        {
            arrays = arrays.Copy();
            decisions.AddRange(PlacementEngine.Decide(arrays, [request], c.Seed));
        }

        Compare(c, decisions);
    });

    [Fact]
    public void Explain_ConstraintsAndStrategies_CountsEveryNodeOnce() => Check.ForAll(RuledCase.All, c =>
    {
        var (arrays, model) = (ClusterArrays.From(c.Snapshot), Model(c));
        foreach (var request in c.Requests)
        {
            var explanation = PlacementEngine.Explain(arrays, request);

            Assert.Equal(c.Nodes.Length, explanation.Feasible + explanation.Shortfalls.Sum(shortfall => shortfall.Nodes));
            Assert.Equal(model.Choices(request with { Strategy = [_random] }).Count, explanation.Feasible);
            Assert.True(explanation.Feasible == 0 || explanation.WaitingCanHelp);
        }
    });

    private static readonly PlacementStep _random = new() { Type = PlacementStepType.Random };

    private static void Compare(PlacementCase c, IEnumerable<PlacementDecision> decisions)
    {
        var model = Model(c);
        foreach (var decision in decisions)
        {
            var choices = model.Choices(decision.Request).Select(node => node.Node.Name).ToList();
            Assert.True(
                decision.IsPlaced ? choices.Contains(decision.Node) : choices.Count == 0,
                $"{decision.Request.TaskId} of '{decision.Request.Group}' [{string.Join(", ", decision.Request.Constraints)}] [{string.Join(", ", decision.Request.Strategy)}]"
                + $" went to {decision.Node ?? "none"}, not to one of [{string.Join(", ", choices)}]");
            if (decision.IsPlaced)
                model.Take(model.Node(decision.Node), decision.Request);
        }
    }

    private static RuledModel Model(PlacementCase c) => new(
        [.. c.Nodes.Select(node => new ModelNode(node))],
        c.Nodes.Aggregate(Resources.Zero, (most, node) => new Resources(
            Math.Max(most.Cpu, node.Capacity.Cpu), Math.Max(most.Memory, node.Capacity.Memory), Math.Max(most.Disk, node.Capacity.Disk))));
}
