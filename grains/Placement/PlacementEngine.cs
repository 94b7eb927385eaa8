using System.Collections.Immutable;
using OrleansCluster.Placement.Constraints;
using OrleansCluster.Placement.Gangs;
using OrleansCluster.Placement.Gpus;

namespace OrleansCluster.Placement;

/// <summary>
/// Chooses nodes, by best fit where nothing else is said, and exactly: every node is looked at for every request. The score of a node is what it has free, each dimension as a
/// share of the largest capacity any node has in it, added up; the smallest score among the nodes that fit wins, so that whole nodes
/// stay free for large tasks. What is free before placing orders the nodes as what is left after it would, since the task takes the same amount
/// everywhere; the score is therefore kept per node and not computed per request. For a task that wants GPU, what is free of that counts as a dimension
/// more; others stay away from nodes with free GPU while they fit elsewhere. Shares of each node's own capacity, the other usual choice,
/// would count the last core of a small node like half of a large one.
/// </summary>
public static class PlacementEngine
{
    /// <summary>
    /// Decides in the order given and takes what it decides from <paramref name="arrays"/>. Among nodes of equal score, the first one at or after
    /// a place that the seed and the request's position give wins. Requests of a shape (resources, no ports) that has found no node
    /// in this batch share its explanation: nodes only get fuller within a batch.
    /// </summary>
    public static ImmutableArray<PlacementDecision> Decide(ClusterArrays arrays, ImmutableArray<PlacementRequest> requests, ulong seed) =>
        Decide(arrays, requests, seed, TaskPlacementStrategy.BestFit);

    /// <inheritdoc cref="Decide(ClusterArrays, ImmutableArray{PlacementRequest}, ulong)"/>
    /// <param name="strategy">
    /// What decides where the requests' own say nothing. Each step of a request's own decides among the nodes that are equal for the one before it.
    /// </param>
    public static ImmutableArray<PlacementDecision> Decide(ClusterArrays arrays, ImmutableArray<PlacementRequest> requests, ulong seed, TaskPlacementStrategy strategy)
    {
        if (arrays.Yardstick is null && requests.Any(GpuYardstick.IsAskedFor))
            arrays.Yardstick = GpuYardstick.Of(requests);
        var decisions = ImmutableArray.CreateBuilder<PlacementDecision>(requests.Length);
        var refused = new Dictionary<Resources, PlacementExplanation>();
        for (var i = 0; i < requests.Length; i++)
        {
            if (requests[i].Gang is null)
            {
                decisions.Add(Decide(arrays, requests[i], Mix(seed + (ulong)i), strategy, refused));
                continue;
            }

            var end = GangRun.EndOf(requests, i);
            decisions.AddRange(DecideGang(arrays, requests[i..end], seed + (ulong)i, strategy));
            i = end - 1;
        }

        return decisions.MoveToImmutable();
    }

    /// <summary>What is refused on the copy that it is tried on says nothing of those behind it.</summary>
    private static IEnumerable<PlacementDecision> DecideGang(ClusterArrays arrays, ImmutableArray<PlacementRequest> members, ulong seed, TaskPlacementStrategy strategy)
    {
        var refused = new Dictionary<Resources, PlacementExplanation>();
        return GangPlacement.Decide(arrays, members, (trial, member, position) => Decide(trial, member, Mix(seed + (ulong)position), strategy, refused));
    }

    internal static PlacementDecision DecideOne(ClusterArrays arrays, PlacementRequest request, ulong seed) => Decide(arrays, request, Mix(seed), TaskPlacementStrategy.BestFit, []);

    /// <summary>Why a request has no node, or how many nodes it fits on; of a gang's, why that has none.</summary>
    public static PlacementExplanation Explain(ClusterArrays arrays, PlacementRequest request) => request.Gang is not null
        ? GangPlacement.Explain(arrays, request)
        : Explainer.Explain(arrays, request, PlacementRules.Of(request.Group, request.Constraints, arrays.Nodes.Constraints));

    private static PlacementDecision Decide(
        ClusterArrays arrays, PlacementRequest request, ulong seed, TaskPlacementStrategy strategy, Dictionary<Resources, PlacementExplanation> refused)
    {
        if (!request.Constraints.IsEmpty || !request.Strategy.IsEmpty || request.Extras is not null)
            return DecideByShape(arrays, request, seed, strategy);
        if (refused.TryGetValue(request.Resources, out var known))
            return new PlacementDecision { Request = request, Explanation = known };

        var node = Find(arrays, request, seed, strategy);
        if (node < 0)
        {
            var explanation = Explainer.Explain(arrays, request, rules: null);
            if (request.Ports.IsEmpty)
                refused.Add(request.Resources, explanation);
            return new PlacementDecision { Request = request, Explanation = explanation };
        }

        return Take(arrays, request, node, rules: null);
    }

    private static PlacementDecision DecideByShape(ClusterArrays arrays, PlacementRequest request, ulong seed, TaskPlacementStrategy strategy)
    {
        var shape = arrays.ShapeOf(request, strategy == TaskPlacementStrategy.Random);
        if (shape.Refused.TryGetValue(request.Resources, out var known))
            return new PlacementDecision { Request = request, Explanation = known };

        var node = shape.Find(request, seed);
        if (node >= 0)
            return Take(arrays, request, node, shape.Rules);
        var explanation = Explainer.Explain(arrays, request, shape.Rules);
        if (request.Ports.IsEmpty && shape.KeepsRefusals)
            shape.Refused.Add(request.Resources, explanation);
        return new PlacementDecision { Request = request, Explanation = explanation };
    }

    private static PlacementDecision Take(ClusterArrays arrays, PlacementRequest request, int node, PlacementRules? rules)
    {
        if (arrays.Check(node, request, rules) is { } shortfall)
            throw new InvalidOperationException($"{arrays.NameOf(node)} was chosen for {request.TaskId}, which has {shortfall.Reason}.");

        arrays.Take(node, request);
        return new PlacementDecision { Request = request, Node = arrays.NameOf(node), NodeIndex = node, NodeETag = arrays.ETagOf(node) };
    }

    private static int Find(ClusterArrays arrays, PlacementRequest request, ulong seed, TaskPlacementStrategy strategy) => strategy switch
    {
        TaskPlacementStrategy.Random => FirstFit.Find(arrays, request.Resources, request.Ports, seed),
        _ when request.Ports.IsEmpty => BestFit.Find(arrays, request.Resources, seed),
        _ => BestFit.FindWithPorts(arrays, request.Resources, request.Ports, seed),
    };

    // SplitMix64: neighbouring seeds give unrelated numbers.
    internal static ulong Mix(ulong value)
    {
        value += 0x9E3779B97F4A7C15;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
