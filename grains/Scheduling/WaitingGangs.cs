using System.Collections.Immutable;
using OrleansCluster.Grains.Runtime;

namespace OrleansCluster.Grains.Scheduling;

/// <summary>Gangs that can be queued, as the store has them: all that has not ended waits for a node, in the same attempt.</summary>
internal static class WaitingGangs
{
    public static async Task<ImmutableArray<PlacementRequest>> OfJob(IClusterQueries queries, string cluster, string job, CancellationToken cancellationToken)
    {
        var tasks = new List<TaskView>();
        await foreach (var task in queries.ReadTasks(cluster, job, state: null, cancellationToken))
        {
            if (task.Gang)
                tasks.Add(task);
        }

        return [.. tasks.GroupBy(task => task.Name, StringComparer.Ordinal).SelectMany(gang => Of([.. gang.OrderBy(task => task.Index)]))];
    }

    /// <summary>None where the gang is not complete, has failed, or is on its way from one attempt to the next.</summary>
    /// <param name="tasks">All there are of one gang.</param>
    public static ImmutableArray<PlacementRequest> Of(ImmutableArray<TaskView> tasks)
    {
        ImmutableArray<TaskView> left = [.. tasks.Where(task => task.State != TaskState.Stopped)];
        if (left.IsEmpty || tasks.Length < tasks[0].Count || tasks.Any(task => task is { State: TaskState.Stopped, Succeeded: false }))
            return [];
        return left.All(task => task is { State: TaskState.Provisioning, DesiredStatus: DesiredStatus.Running } && task.Attempt == left[0].Attempt)
            ? [.. left.Select(task => PlacementRequest.Of(task) with { GangSize = left.Length })]
            : [];
    }
}
