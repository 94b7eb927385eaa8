using OrleansCluster.Grains.Tasks;
using OrleansCluster.Silo.Agent;
using OrleansCluster.Testing.Kernel;

namespace OrleansCluster.Testing.Invariants;

/// <summary>
/// The health of containers as tasks' records have it: what a runtime has found out itself is recorded only as it has said it, and what is known of an attempt's container
/// is not forgotten again.
/// </summary>
internal sealed class HealthBook(World world)
{
    /// <summary>What runtimes have said of containers that they check themselves.</summary>
    private readonly HashSet<(string TaskId, int Attempt, string Container, HealthStatus Status)> _said = [];

    public void OnChanged(ContainerInfo info)
    {
        if (info.Health is { } health)
            _said.Add((info.Labels.TaskId, info.Labels.Attempt, info.Labels.Container, health.Status));
    }

    public void OnWritten(string taskId, TaskRecord? before, TaskRecord after)
    {
        foreach (var container in after.Containers)
        {
            if (container.Health is { Status: not HealthStatus.Unknown and var status })
                CheckSaid(taskId, after.Attempt, container.Name, status);
        }

        if (before?.Attempt != after.Attempt)
            return;
        foreach (var was in before.Containers.Where(container => container.Health is { Status: not HealthStatus.Unknown }))
        {
            var now = after.Containers.FirstOrDefault(container => container.Name == was.Name)?.Health;
            var step = $"container {was.Name} of {taskId}, attempt {after.Attempt}, was {was.Health} and is {now?.ToString() ?? "nothing"}";
            if (now is null or { Status: HealthStatus.Unknown })
                world.Violate($"{step}: what is known is forgotten");
            else if (before.Run == after.Run && now.Since < was.Health!.Since)
                world.Violate($"{step}: an earlier word was taken for a later one");
        }
    }

    /// <summary>Of what its agent checks itself the runtime says nothing.</summary>
    private void CheckSaid(string taskId, int attempt, string container, HealthStatus status)
    {
        if (_said.Contains((taskId, attempt, container, HealthStatus.Unknown)) && !_said.Contains((taskId, attempt, container, status)))
            world.Violate($"container {container} of {taskId}, attempt {attempt}, is recorded as {status}, which its runtime has never said");
    }
}
