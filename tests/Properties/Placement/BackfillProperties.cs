using System.Collections.Immutable;
using OrleansCluster.Placement;

namespace OrleansCluster.Tests.Properties.Placement;

public sealed class BackfillProperties
{
    /// <summary>Priorities fall, as the generated requests have all the same.</summary>
    private static readonly IComparer<PlacementRequest> _order = Comparer<PlacementRequest>.Create((a, b) => b.Priority.CompareTo(a.Priority));

    [Fact]
    public void Decide_AnyQueue_NothingBehindTheFirstThatWaitsIsOnItsNode() => Check.ForAll(Generate.Cases, c =>
    {
        var requests = c.Requests.Select((request, i) => request with { Priority = -i }).ToImmutableArray();
        var arrays = ClusterArrays.From(c.Snapshot);
        var decisions = Backfill.Decide(arrays, requests, first: null, _order, closed: [], c.Seed);

        Assert.Equal(requests, decisions.Select(decision => decision.Request));
        var plain = PlacementEngine.Decide(arrays.Copy(), requests, c.Seed);
        var first = plain.TakeWhile(decision => decision is not { IsPlaced: false, Explanation.WaitingCanHelp: true }).Count();

        // Whoever goes before it, and itself, is decided as without it.
        Assert.Equal(plain.Take(first + 1).Select(decision => decision.Node), decisions.Take(first + 1).Select(decision => decision.Node));
        if (first == requests.Length)
            return;
        var before = arrays.Copy();
        foreach (var decision in decisions.Take(first).Where(decision => decision.IsPlaced))
            before.Take(decision.NodeIndex, decision.Request.Resources, decision.Request.Ports);
        var kept = Backfill.NodeFor(before, requests[first]);
        Assert.All(decisions.Skip(first + 1), decision => Assert.True(!decision.IsPlaced || decision.NodeIndex != kept, $"{decision.Request.TaskId} is on {decision.Node}, which is kept"));
    });

    [Fact]
    public void NodeFor_AnyCluster_IsWhereTheRequestWouldFitOnceItsTasksHaveEnded() => Check.ForAll(Generate.Cases, c =>
    {
        var arrays = ClusterArrays.From(c.Snapshot);
        foreach (var request in c.Requests)
        {
            var node = Backfill.NodeFor(arrays, request);
            if (node < 0)
                continue;
            Assert.NotNull(arrays.Check(node, request.Resources, request.Ports));
            var emptied = ClusterArrays.From(c.Snapshot with { Nodes = [c.Nodes[node] with { Claimed = Resources.Zero, ClaimedPorts = [] }] });
            Assert.Null(emptied.Check(0, request.Resources, request.Ports));
        }
    });
}
