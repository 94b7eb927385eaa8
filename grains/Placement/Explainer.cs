using System.Runtime.InteropServices;
using OrleansCluster.Placement.Constraints;

namespace OrleansCluster.Placement;

/// <summary>Puts into words what a request meets on the nodes.</summary>
internal static class Explainer
{
    /// <summary>
    /// Waiting can help when the request fits the whole capacity of some node, whatever its status: a draining or lost node may come back,
    /// and one that is full will not stay so, nor keep the tasks that it has. What a node registered with does not change by waiting, so that node has to
    /// match the constraints that ask for nothing else. Without any node it can help, too: the first may be about to join.
    /// </summary>
    public static PlacementExplanation Explain(ClusterArrays arrays, PlacementRequest request, PlacementRules? rules)
    {
        NodeFacts[]? facts = rules is null ? null : [.. arrays.AllFacts()];
        var canMatch = false;
        var counts = new Dictionary<Shortfall, int>();
        var feasible = 0;
        var waitingCanHelp = arrays.Count == 0;
        var mostFree = new MostFree(request);
        for (var node = 0; node < arrays.Count; node++)
        {
            if (!waitingCanHelp && rules?.CanMatch(facts![node]) != false)
            {
                canMatch = true;
                waitingCanHelp = Feasibility.CheckEmpty(arrays.CapacityOf(node), arrays.RoomOf(node)?.Capacity, request.Resources, request.Extras) is null;
            }

            var found = arrays.Check(node, request, rules, facts?[node]);
            if (found is null && arrays.KeptFor(node) is { } first)
                found = Shortfall.OfKept(first);
            if (arrays.StatusOf(node) == NodeStatus.Active && found?.Obstacle is not (Obstacle.Constraint or Obstacle.Group))
                mostFree.Look(arrays, node);
            if (found is { } shortfall)
                CollectionsMarshal.GetValueRefOrAddDefault(counts, shortfall with { Missing = 0 }, out _)++;
            else
                feasible++;
        }

        var ordered = counts.OrderByDescending(count => count.Value).ThenBy(count => count.Key.Reason, StringComparer.Ordinal).ToList();
        var reasons = string.Join(", ", ordered.Select(count => $"{count.Value} {count.Key.Reason}{mostFree.Of(count.Key)}"));
        return new PlacementExplanation
        {
            Nodes = arrays.Count,
            Feasible = feasible,
            Shortfalls = [.. ordered.Select(count => new NodeShortfall(count.Key.Reason, count.Value))],
            WaitingCanHelp = waitingCanHelp,
            Summary = Summarize(arrays.Count, feasible, reasons, Outlook(waitingCanHelp, canMatch, rules)),
        };
    }

    private static string Outlook(bool waitingCanHelp, bool canMatch, PlacementRules? rules) => (waitingCanHelp, canMatch, rules) switch
    {
        (true, _, _) => "waiting can help",
        (_, _, null) => "waiting will not help: it fits on no node, even an empty one",
        (_, false, _) => "waiting will not help: no node matches its constraints",
        _ => "waiting will not help: it fits on no node that matches its constraints, even an empty one",
    };

    private static string Summarize(int nodes, int feasible, string reasons, string outlook)
    {
        if (nodes == 0)
            return "no nodes have joined; waiting can help";
        if (feasible > 0)
            return reasons.Length == 0 ? $"fits on {feasible}/{nodes} nodes" : $"fits on {feasible}/{nodes} nodes: {reasons}";

        return $"0/{nodes} nodes: {reasons}; {outlook}";
    }
}
