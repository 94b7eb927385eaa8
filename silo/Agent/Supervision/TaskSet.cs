using System.Collections.Immutable;

namespace OrleansCluster.Silo.Agent.Supervision;

/// <summary>The supervisors of one node: one for each claim, and those whose claim is gone until their containers are gone too.</summary>
internal sealed class TaskSet(AgentContext context)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, TaskSupervisor> _tasks = [];
    private readonly List<Task> _running = [];

    /// <summary>Brings the supervisors in line with an assignment.</summary>
    /// <param name="found">Containers that were here before the agent.</param>
    public void Apply(NodeAssignment assignment, ImmutableArray<ContainerInfo> found, CancellationToken stopping)
    {
        var claims = assignment.Claims.ToDictionary(claim => claim.Id);
        foreach (var (id, task) in Snapshot())
        {
            if (claims.ContainsKey(id))
                continue;
            if (task.IsDone)
                Forget(id);
            else
                task.Abandon();
        }

        foreach (var claim in claims.Values)
            Ensure(claim, found, stopping);
        foreach (var id in assignment.Stopping)
            Find(id)?.RequestStop();
    }

    public TaskSupervisor? Find(string claimId)
    {
        lock (_lock)
            return _tasks.GetValueOrDefault(claimId);
    }

    public TaskSupervisor? Find(ContainerLabels labels) => Find(Claim.IdOf(labels.TaskId, labels.Attempt));

    public bool Holds(string taskId) => Snapshot().Any(entry => entry.Value.Claim.TaskId == taskId);

    /// <summary>The lease is gone: whatever runs is stopped.</summary>
    public void Fence()
    {
        foreach (var (_, task) in Snapshot())
            task.Fence();
    }

    public void ReportAgain()
    {
        foreach (var (_, task) in Snapshot())
            task.ReportAgain();
    }

    /// <summary>Hands a full listing to those whom it concerns.</summary>
    public void Seen(ImmutableArray<ContainerInfo> listed)
    {
        var byClaim = listed.ToLookup(info => Claim.IdOf(info.Labels.TaskId, info.Labels.Attempt));
        foreach (var (id, task) in Snapshot())
            task.Seen([.. byClaim[id]]);
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
            if (_tasks.ContainsKey(claim.Id))
                return;
            var own = found.Where(info => info.Labels.TaskId == claim.TaskId && info.Labels.Attempt == claim.Attempt);
            task = new TaskSupervisor(claim, own, context);
            _tasks.Add(claim.Id, task);
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
        if (task.IsAbandoned)
            Forget(task.Claim.Id);
    }

    private void Forget(string claimId)
    {
        lock (_lock)
            _tasks.Remove(claimId);
    }

    private ImmutableArray<KeyValuePair<string, TaskSupervisor>> Snapshot()
    {
        lock (_lock)
            return [.. _tasks];
    }
}
