using OrleansCluster.Placement;

namespace OrleansCluster.Tests.Properties.Placement;

/// <summary>Requests for GPUs and named amounts against a plain model.</summary>
public sealed class ExtraPlacementProperties
{
    private static readonly PlacementStep _fgd = new() { Type = PlacementStepType.Fgd };

    [Fact]
    public void Decide_GpusAndAmounts_IsBruteForceBestFit() => Check.ForAll(Generate.CasesWithExtras, c =>
    {
        var model = Model(c);
        var largest = c.Nodes.Aggregate(Resources.Zero, (most, node) => new Resources(
            Math.Max(most.Cpu, node.Capacity.Cpu), Math.Max(most.Memory, node.Capacity.Memory), Math.Max(most.Disk, node.Capacity.Disk)));
        var mostDevices = model.Select(node => node.Extras.Devices).DefaultIfEmpty().Max();
        var arrays = ClusterArrays.From(c.Snapshot);
        foreach (var decision in PlacementEngine.Decide(arrays, c.Requests, c.Seed))
        {
            var feasible = model.Where(node => node.Fits(decision.Request)).ToList();
            Assert.Equal(feasible.Count > 0, decision.IsPlaced);
            if (!decision.IsPlaced)
                continue;

            var chosen = model[decision.NodeIndex];
            Assert.Contains(chosen, feasible);
            Assert.Equal(feasible.Min(node => node.Score(largest, mostDevices, decision.Request)), chosen.Score(largest, mostDevices, decision.Request));
            chosen.Take(decision.Request);
        }

        for (var node = 0; node < model.Count; node++)
            Assert.Equal(model[node].Extras.Free, arrays.RoomOf(node)?.Free.ToArray() ?? []);
    });

    [Fact]
    public void Decide_Fgd_PlacesWhatFitsAndNeverOverCommits() => Check.ForAll(Generate.CasesWithExtras, c =>
        PlacementProperties.Follow(Model(c), PlacementEngine.Decide(ClusterArrays.From(c.Snapshot), [.. c.Requests.Select(request => request with { Strategy = [_fgd] })], c.Seed)));

    [Fact]
    public void Explain_GpusAndAmounts_CountsEveryNodeOnceAndKnowsWhetherWaitingHelps() => Check.ForAll(Generate.CasesWithExtras, c =>
    {
        var arrays = ClusterArrays.From(c.Snapshot);
        var model = Model(c);
        foreach (var request in c.Requests)
        {
            var explanation = PlacementEngine.Explain(arrays, request);

            Assert.Equal(c.Nodes.Length, explanation.Feasible + explanation.Shortfalls.Sum(shortfall => shortfall.Nodes));
            Assert.Equal(model.Count(node => node.Fits(request)), explanation.Feasible);
            Assert.Equal(c.Nodes.IsEmpty || c.Nodes.Any(node => FitsWhenEmpty(node, request)), explanation.WaitingCanHelp);
        }
    });

    [Fact]
    public void NodeFor_GpusAndAmounts_IsANodeThatWouldTakeItEmpty() => Check.ForAll(Generate.CasesWithExtras, c =>
    {
        var arrays = ClusterArrays.From(c.Snapshot);
        foreach (var request in c.Requests)
        {
            if (Backfill.NodeFor(arrays, request) is not (>= 0 and var node))
                continue;
            Assert.NotNull(arrays.Check(node, request));
            Assert.True(FitsWhenEmpty(c.Nodes[node], request), $"{c.Nodes[node].Name} never fits {request.TaskId}");
        }
    });

    private static bool FitsWhenEmpty(NodeSnapshot node, PlacementRequest request) =>
        node.Capacity.Cpu >= request.Resources.Cpu && node.Capacity.Memory >= request.Resources.Memory && node.Capacity.Disk >= request.Resources.Disk
        && new ModelExtras(node.ExtraCapacity, claimed: null).Fits(request.Extras);

    private static List<ModelNode> Model(PlacementCase c) => [.. c.Nodes.Select(node => new ModelNode(node))];
}
