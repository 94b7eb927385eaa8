using OrleansCluster.Grains.Tasks;
using OrleansCluster.Testing;

namespace OrleansCluster.Simulator;

/// <summary>
/// The health that tasks' records have, held against the containers themselves: where nothing goes wrong any more and a container has been as it is for a while, its
/// task says so.
/// </summary>
internal static class RecordedHealth
{
    /// <summary>For checks to find it out, the slowest drawn here, and for what was lost on the way to be repeated.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromMinutes(2);

    /// <param name="healed">When all faults had ended.</param>
    public static IEnumerable<string> Differences(SimulatedCluster cluster, DateTimeOffset healed)
    {
        var before = cluster.Clock.GetUtcNow() - Patience;
        return healed > before ? [] :
            from host in cluster.Hosts
            from container in host.Runtime.Simulated.Checked()
            where container.Since <= before
            let labels = container.Info.Labels
            let task = cluster.Invariants!.Task(labels.TaskId)
            where task is null || TaskTransitions.IsWanted(task, labels.Attempt)
            let expected = container.IsWell ? HealthStatus.Healthy : HealthStatus.Unhealthy
            let recorded = task?.Containers.FirstOrDefault(state => state.Name == labels.Container)?.Health?.Status
            where recorded != expected
            select $"container {labels.Container} of {labels.TaskId}, attempt {labels.Attempt} on {host.Name}, is {expected}, and recorded as {recorded?.ToString() ?? "nothing"}";
    }
}
