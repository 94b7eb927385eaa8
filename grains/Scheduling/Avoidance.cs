using System.Collections.Immutable;
using OrleansCluster.Placement;

namespace OrleansCluster.Grains.Scheduling;

/// <summary>
/// Keeps tasks off the nodes on which they have failed twice, as long as some other node could ever take them: also where such a node is free and the others are
/// full. A node on which everything ends at once is free all the time, and would draw all that waits.
/// </summary>
internal static class Avoidance
{
    /// <param name="decide">Decides all requests anew.</param>
    public static ImmutableArray<PlacementDecision> Decide(
        ImmutableArray<PlacementRequest> batch, Func<ImmutableArray<PlacementRequest>, ImmutableArray<PlacementDecision>> decide)
    {
        if (batch.All(request => request.Avoided.IsEmpty))
            return decide(batch);
        ImmutableArray<PlacementRequest> elsewhere = [.. batch.Select(Elsewhere)];
        var decisions = decide(elsewhere);
        if (!Enumerable.Range(0, batch.Length).Any(i => HasNowhereElse(batch[i], decisions[i])))
            return decisions;
        return decide([.. elsewhere.Select((request, i) => HasNowhereElse(batch[i], decisions[i]) ? batch[i] : request)]);
    }

    public static PlacementExplanation Explain(ClusterArrays cluster, PlacementRequest request)
    {
        var elsewhere = PlacementEngine.Explain(cluster, Elsewhere(request));
        return request.Avoided.IsEmpty || elsewhere.WaitingCanHelp ? elsewhere : PlacementEngine.Explain(cluster, request);
    }

    private static bool HasNowhereElse(PlacementRequest request, PlacementDecision decision) =>
        !request.Avoided.IsEmpty && decision is { IsPlaced: false, Explanation.WaitingCanHelp: false };

    private static PlacementRequest Elsewhere(PlacementRequest request) => request.Avoided.IsEmpty
        ? request
        : request with { Constraints = [.. request.Constraints, .. request.Avoided.Select(OtherThan)] };

    private static PlacementConstraint OtherThan(string node) => new() { Type = PlacementConstraintType.MemberOf, Expression = $"node != {node}" };
}
