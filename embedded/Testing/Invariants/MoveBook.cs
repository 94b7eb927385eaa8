using OrleansCluster.Grains.Services;
using OrleansCluster.Grains.Storage;
using OrleansCluster.Grains.Tasks;
using OrleansCluster.Testing.Kernel;

namespace OrleansCluster.Testing.Invariants;

/// <summary>Moves of services' tasks as the database has been told: within their budget, not while a deployment is under way, to the node that was chosen, and nothing is stopped for a move that has not come to run.</summary>
internal sealed class MoveBook(World world, TaskBook tasks)
{
    private readonly SortedDictionary<string, NodeRow> _nodes = new(StringComparer.Ordinal);
    private readonly HashSet<string> _ran = new(StringComparer.Ordinal);

    public void OnWritten(CommitUnit unit)
    {
        foreach (var write in unit.Nodes)
            _nodes[write.Row.Node] = write.Row;
    }

    public void OnTask(string id, TaskRecord? before, TaskRecord after)
    {
        if (after.State == TaskState.Running)
            _ran.Add(id);
        if (after is { Attempt: 1, Start.FirstNode: { } bound, Node: { } node } && node != bound)
            world.Violate($"task {id} is moved to {bound}, and is on {node}");
    }

    public void OnService(string name, ServiceRecord before, ServiceRecord after)
    {
        foreach (var stopped in after.Instances.Where(instance => instance.Stopping is not null && before.Instances.Any(old => old.Number == instance.Number && old.Stopping is null)))
        {
            var replacement = after.Instances.FirstOrDefault(instance => instance.MovedFrom == stopped.Number && instance.Stopping is null);
            var isMoved = replacement is not null && after.Primary.Status == DeploymentStatus.Completed && stopped.Revision == after.Primary.Revision && !after.IsDeleted && after.Spec.DesiredCount >= before.Spec.DesiredCount;
            if (isMoved && stopped.Stopping!.StartsWith("It was moved", StringComparison.Ordinal) && !_ran.Contains(IdOf(name, replacement!)))
                world.Violate($"service {name} stops {stopped.Slot}.{stopped.Number}, and {replacement!.Number}, which is to take its place, has never run");
        }

        if (!after.Instances.Any(instance => instance.MovedFrom is not null && before.Instances.All(old => old.Number != instance.Number)))
            return;
        if (after.Primary.Status != DeploymentStatus.Completed)
            world.Violate($"service {name} moves tasks while its deployment {after.Primary.Number} is {after.Primary.Status}");
        if (Moves.Count(after) > Rebalancer.BudgetOf(after.Spec))
            world.Violate($"service {name} moves {Moves.Count(after)} tasks at a time, where {Rebalancer.BudgetOf(after.Spec)} are the most");
    }

    /// <summary>Whether no node that has room for another of a service's tasks has two fewer of them than any other node.</summary>
    public bool IsSpread(string name, ServiceRecord record)
    {
        var counts = _nodes.Values.Where(node => node.Status == NodeStatus.Active).ToDictionary(node => node.Node, _ => 0, StringComparer.Ordinal);
        var started = record.Instances.Select(instance => tasks.Find(IdOf(name, instance))).OfType<TaskRecord>().ToList();
        foreach (var task in started.Where(task => task.Node is not null && counts.ContainsKey(task.Node)))
            counts[task.Node!]++;
        if (started.Count == 0)
            return true;
        var wanted = started[0].Start.Resources;
        return counts.All(node => counts.Values.Max() - node.Value <= 1 || !HasRoom(_nodes[node.Key], wanted));
    }

    private static bool HasRoom(NodeRow node, Resources wanted) =>
        node.Claimed.Cpu + wanted.Cpu <= node.Capacity.Cpu && node.Claimed.Memory + wanted.Memory <= node.Capacity.Memory && node.Claimed.Disk + wanted.Disk <= node.Capacity.Disk;

    private static string IdOf(string name, ServiceInstance instance) => TaskId.OfService(name, instance.Slot, instance.Number);
}
