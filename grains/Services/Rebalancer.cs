using System.Collections.Immutable;
using OrleansCluster.Placement.Constraints;

namespace OrleansCluster.Grains.Services;

/// <summary>Which of its tasks a service moves, or would: pure. Asked when all else is as it should be.</summary>
internal static class Rebalancer
{
    /// <summary>Suggestions, and moves that begin in one look.</summary>
    public const int Most = 100;
    private const int Told = 3;
    private const int Tenth = 10;

    public static bool IsWanted(ServiceRecord record) => !record.IsDeleted && FieldsOf(record.Spec) is not null && (record.Spec.Rebalancing.Mode != RebalancingMode.Off || record.Rebalancing.IsAsked);

    /// <summary>What its tasks are spread by; <see langword="null"/> for a service that does not spread them.</summary>
    public static ImmutableArray<string>? FieldsOf(ServiceSpec spec)
    {
        if (spec.SchedulingStrategy != SchedulingStrategy.Replica)
            return null;
        if (spec.PlacementStrategy.IsDefaultOrEmpty)
            return ["instanceId"];
        ImmutableArray<string> fields = [.. spec.PlacementStrategy.TakeWhile(step => step.Type == PlacementStepType.Spread).Select(step => step.Field ?? "")];
        return fields.IsEmpty ? null : fields;
    }

    public static int BudgetOf(ServiceSpec spec) => spec.Rebalancing.MaximumMoves ?? Math.Max(1, spec.DesiredCount / Tenth);

    /// <summary>Every task runs where it is to stay, one in each slot, and nothing is being changed; but for moves.</summary>
    public static bool IsSettled(ServiceRecord record, ServiceSight sight)
    {
        if (record.IsDeleted || record.Primary.Status != DeploymentStatus.Completed)
            return false;
        var wanted = record.Instances.Where(instance => instance.Stopping is null && !Moves.IsUnderWay(instance, record.Instances, sight)).ToList();
        return wanted.Count == record.Spec.DesiredCount && wanted.DistinctBy(instance => instance.Slot).Count() == wanted.Count
            && wanted.All(instance => instance.Revision == record.Primary.Revision && sight.IsHealthy(instance) && !sight.MustMove(instance));
    }

    /// <summary>All moves that would help, as far as anybody wants to know.</summary>
    public static ImmutableArray<RebalancePlanner.Move> Suggest(ServiceRecord record, ServiceSight sight, IReadOnlyCollection<NodeSnapshot> nodes)
    {
        if (FieldsOf(record.Spec) is not { } fields || !IsSettled(record, sight))
            return [];
        var tasks = TasksByNode(record, sight);
        var known = nodes.Where(node => node.Status == NodeStatus.Active).ToDictionary(node => node.Name, StringComparer.Ordinal);

        // Where one of them stands is not known yet, or is about to change.
        if (tasks.Any(node => !known.ContainsKey(node.Key)))
            return [];
        var room = new NodeRoom(record.Revision(record.Primary.Revision), new ConstraintCache());
        var most = Math.Min(Most, record.Spec.DesiredCount);
        return RebalancePlanner.Plan(known.Values.Select(node => NodeOf(node, [.. tasks[node.Name]], fields, room, most)).Where(node => node.Room > 0 || node.Fixed > 0 || !node.Movable.IsEmpty), most);
    }

    /// <summary>Begins as many as may be made at a time.</summary>
    public static ServiceRecord Begin(ServiceRecord record, ServiceSight sight, ImmutableArray<RebalancePlanner.Move> moves)
    {
        var known = record.Rebalancing;
        if (moves.IsEmpty && Moves.Count(record) == 0 && (known.IsAsked || known.IsSuggested) && IsSettled(record, sight))
            return record with { Rebalancing = known with { IsAsked = false, IsSuggested = false } };
        if (record.Spec.Rebalancing.Mode == RebalancingMode.Suggest && !known.IsAsked && !moves.IsEmpty && !known.IsSuggested)
        {
            return (record with { Rebalancing = known with { IsSuggested = true } })
                .Tell(sight.Now, $"Its tasks are spread unevenly; {(moves.Length == 1 ? "a move" : $"{moves.Length} moves")} would help: {Describe(record, moves)}. To have that done: ocs service rebalance {record.Spec.Name}");
        }

        var limits = ServiceLimits.Of(record, []);
        var room = Math.Min(BudgetOf(record.Spec) - Moves.Count(record), limits.Maximum - record.Instances.Length);
        if (moves.IsEmpty || room <= 0 || !(known.IsAsked || record.Spec.Rebalancing.Mode == RebalancingMode.Automatic) || known.NotBefore > sight.Now)
            return record;
        var (next, begun) = (record, moves[..Math.Min(room, moves.Length)]);
        foreach (var move in begun)
        {
            var from = next.Instances.First(instance => instance.Number == move.Number);
            var to = new ServiceInstance(from.Slot, next.Issued + 1, from.Revision, record.Primary.Number) { MovedFrom = from.Number, FirstNode = move.To, MovingSince = sight.Now };
            next = next with { Issued = to.Number, Instances = next.Instances.Add(to) };
        }

        return next.Tell(sight.Now, $"{(begun.Length == 1 ? "A task is" : $"{begun.Length} tasks are")} moved, so that they are spread evenly: {Describe(record, begun)}.");
    }

    public static ServiceMove ToView(ServiceRecord record, RebalancePlanner.Move move) => new(IdOf(record, move), move.From, move.To);

    private static string Describe(ServiceRecord record, ImmutableArray<RebalancePlanner.Move> moves) =>
        string.Join(", ", moves.Take(Told).Select(move => $"{IdOf(record, move)} from {move.From} to {move.To}")) + (moves.Length > Told ? " and others" : "");

    private static string IdOf(ServiceRecord record, RebalancePlanner.Move move) => TaskId.OfService(record.Spec.Name, record.Instances.First(instance => instance.Number == move.Number).Slot, move.Number);

    /// <summary>What is moved counts where it is to be, and stays there.</summary>
    private static ILookup<string, (ServiceInstance Instance, bool IsMovable, bool IsComing)> TasksByNode(ServiceRecord record, ServiceSight sight)
    {
        var wanted = record.Instances.Where(instance => instance.Stopping is null && !Moves.IsMoved(record, instance));
        return wanted.Select(instance => (Instance: instance, Node: sight.Find(instance)?.Node ?? instance.FirstNode, IsUnderWay: Moves.IsUnderWay(instance, record.Instances, sight)))
            .Where(x => x.Node is not null)
            .ToLookup(x => x.Node!, x => (x.Instance, !x.IsUnderWay && !sight.IsProtected(x.Instance), x.IsUnderWay && sight.Find(x.Instance)?.Node is null), StringComparer.Ordinal);
    }

    private static RebalancePlanner.Node NodeOf(NodeSnapshot node, ImmutableArray<(ServiceInstance Instance, bool IsMovable, bool IsComing)> tasks, ImmutableArray<string> fields, NodeRoom room, int most) => new(
        node.Name,
        [.. fields.Select(field => KeyOf(node, field))],
        tasks.Count(task => !task.IsMovable),
        [.. tasks.Where(task => task.IsMovable).Select(task => task.Instance.Number).Order()],
        room.Of(node, tasks.Count(task => task.IsComing), most));

    /// <summary>As the strategies' steps read it.</summary>
    private static string KeyOf(NodeSnapshot node, string field)
    {
        const string attribute = "attribute:";
        return field.StartsWith(attribute, StringComparison.Ordinal) ? node.Attributes.GetValueOrDefault(field[attribute.Length..], "") : node.Name;
    }
}
