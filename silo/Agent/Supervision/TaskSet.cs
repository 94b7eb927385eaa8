using System.Collections.Immutable;
using OrleansCluster.Silo.Agent.Usage;

namespace OrleansCluster.Silo.Agent.Supervision;

/// <summary>The supervisors of one node: one for each claim, and those whose claim is gone until their containers are gone too.</summary>
internal sealed class TaskSet(AgentContext context)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string TaskId, int Attempt), TaskSupervisor> _tasks = [];
    private readonly List<Task> _running = [];

    /// <summary>Brings the supervisors in line with an assignment.</summary>
    /// <param name="found">Containers that were here before the agent.</param>
    public void Apply(NodeAssignment assignment, ImmutableArray<ContainerInfo> found, CancellationToken stopping)
    {
        var claimed = assignment.Claims.Select(KeyOf).ToHashSet();
        context.Leftovers.Add(found.Where(info => info.Status == ContainerStatus.Running && !claimed.Contains((info.Labels.TaskId, info.Labels.Attempt))).Select(info => info.Id));
        foreach (var (key, task) in Snapshot())
        {
            if (claimed.Contains(key))
                continue;
            if (task.IsDone)
            {
                Forget(key);
                continue;
            }

            context.Leftovers.Add(task.Running());
            task.Abandon();
        }

        foreach (var claim in assignment.Claims)
            Ensure(claim, found, stopping);
        foreach (var request in assignment.Checkpoints)
            Snapshot().FirstOrDefault(entry => entry.Value.Id == request.ClaimId).Value?.AskForCheckpoint(request.Number);
        if (assignment.Stopping.IsEmpty)
            return;
        foreach (var (_, task) in Snapshot())
        {
            if (assignment.Stopping.Contains(task.Id))
                task.RequestStop();
        }
    }

    public TaskSupervisor? Find(string taskId, int attempt)
    {
        lock (_lock)
            return _tasks.GetValueOrDefault((taskId, attempt));
    }

    public TaskSupervisor? Find(ContainerLabels labels) => Find(labels.TaskId, labels.Attempt);

    public bool Holds(string taskId) => Snapshot().Any(entry => entry.Value.Claim.TaskId == taskId);

    /// <summary>The tasks of services that run here.</summary>
    public IEnumerable<RunningTask> RunningOfServices() => Snapshot()
        .Where(entry => TaskId.IsOfService(entry.Key.TaskId))
        .Select(entry => new RunningTask(entry.Value.Claim, [.. entry.Value.Running()]))
        .Where(task => !task.Containers.IsEmpty);

    /// <summary>The lease is gone: whatever runs is stopped.</summary>
    public void Fence()
    {
        foreach (var (_, task) in Snapshot())
            task.Fence();
    }

    public void Wake()
    {
        foreach (var (_, task) in Snapshot())
            task.Wake();
    }

    public void ReportAgain()
    {
        foreach (var (_, task) in Snapshot())
            task.ReportAgain();
    }

    /// <summary>Hands a full listing to those whom it concerns.</summary>
    public void Seen(ImmutableArray<ContainerInfo> listed)
    {
        var byClaim = listed.ToLookup(info => (info.Labels.TaskId, info.Labels.Attempt));
        foreach (var (key, task) in Snapshot())
            task.Seen([.. byClaim[key]]);
    }

    /// <summary>Returns once no supervisor runs any more.</summary>
    public Task Drain()
    {
        lock (_lock)
            return Task.WhenAll(_running);
    }

    private void Ensure(Claim claim, ImmutableArray<ContainerInfo> found, CancellationToken stopping)
    {
        TaskSupervisor task;
        lock (_lock)
        {
            if (_tasks.ContainsKey(KeyOf(claim)))
                return;
            var own = found.Where(info => info.Labels.TaskId == claim.TaskId && info.Labels.Attempt == claim.Attempt);
            task = new TaskSupervisor(claim, own, context);
            _tasks.Add(KeyOf(claim), task);
            _running.RemoveAll(running => running.IsCompleted);
        }

        // Not under the lock: it may come a long way before it has to wait for anything.
        var run = Run(task, stopping);
        lock (_lock)
            _running.Add(run);
    }

    private async Task Run(TaskSupervisor task, CancellationToken stopping)
    {
        await task.Run(stopping);
        if (!task.IsAbandoned)
            return;
        Forget(KeyOf(task.Claim));
        context.Leftovers.Remove(task.Ids());
    }

    private void Forget((string TaskId, int Attempt) key)
    {
        lock (_lock)
            _tasks.Remove(key);
    }

    private ImmutableArray<KeyValuePair<(string TaskId, int Attempt), TaskSupervisor>> Snapshot()
    {
        lock (_lock)
            return [.. _tasks];
    }

    private static (string TaskId, int Attempt) KeyOf(Claim claim) => (claim.TaskId, claim.Attempt);
}
