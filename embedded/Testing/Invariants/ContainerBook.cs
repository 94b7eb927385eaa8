using System.Collections.Immutable;
using OrleansCluster.Grains.Tasks;
using OrleansCluster.Grains.Tasks.Jobs;
using OrleansCluster.Placement.Constraints;
using OrleansCluster.Silo.Agent;
using OrleansCluster.Silo.Agent.Simulated;
using OrleansCluster.Testing.Kernel;

namespace OrleansCluster.Testing.Invariants;

/// <summary>
/// What containers did on all hosts: nothing runs twice, nothing runs without a claim, nothing runs where it must not, before what it depends on or after
/// its job.
/// </summary>
internal sealed class ContainerBook(World world, ClaimBook claims, TaskBook tasks, JobBook jobs)
{
    private readonly Dictionary<(string TaskId, int Attempt, string Container), string> _started = [];
    private readonly SortedDictionary<string, ContainerLabels> _running = new(StringComparer.Ordinal);

    private readonly Dictionary<string, ImmutableSortedDictionary<string, string>> _attributes = new(StringComparer.Ordinal);

    /// <summary>A container has started, and how far its files have counted then.</summary>
    public event Action<ContainerInfo, SimulatedFiles>? Started;

    public void OnNode(string node, ImmutableSortedDictionary<string, string> attributes) => _attributes[node] = attributes;

    public void OnChanged(ContainerInfo info, SimulatedFiles files)
    {
        var labels = info.Labels;
        var id = $"{labels.Node}/{info.Id}";
        if (info.Status != ContainerStatus.Running)
            _running.Remove(id);
        else if (_running.TryAdd(id, labels))
        {
            OnStarted(id, labels);
            Started?.Invoke(info, files);
        }
    }

    public void OnClaimRemoved(Claim claim)
    {
        foreach (var labels in _running.Values.Where(labels => labels.TaskId == claim.TaskId && labels.Attempt == claim.Attempt))
            world.Violate($"claim {claim.Id} on {claim.Node} was released while container {labels.Container} runs on {labels.Node}");
    }

    public void OnAttemptOver(string taskId, int attempt)
    {
        foreach (var labels in _running.Values.Where(labels => labels.TaskId == taskId && labels.Attempt == attempt))
            world.Violate($"attempt {attempt} of {taskId} is over for the database while its container {labels.Container} runs on {labels.Node}");
    }

    public IEnumerable<string> LeftOver() => _running.Values.Select(labels => $"container {labels.Container} of {labels.TaskId}, attempt {labels.Attempt} on {labels.Node}");

    private void OnStarted(string id, ContainerLabels labels)
    {
        var what = $"container {labels.Container} of {labels.TaskId}, attempt {labels.Attempt}, on {labels.Node}";
        var key = (labels.TaskId, labels.Attempt, labels.Container);
        if (_started.TryGetValue(key, out var earlier) && earlier != id)
            world.Violate($"{what} has started before, as {earlier}");
        _started[key] = id;
        if (!claims.Has(labels.TaskId, labels.Attempt, labels.Node))
            world.Violate($"{what} has started without a claim");
        if (_running.Values.FirstOrDefault(other => other.TaskId == labels.TaskId && other.Attempt != labels.Attempt) is { } twice)
            world.Violate($"{what} has started while attempt {twice.Attempt} runs on {twice.Node}");
        if (tasks.Find(labels.TaskId) is { } task)
        {
            CheckNode(what, labels.Node, task);
            if (!task.Start.IsOfService)
                CheckJob(what, task);
        }
        else
            world.Violate($"{what} has started, but there is no such task");
    }

    private void CheckNode(string what, string node, TaskRecord task)
    {
        foreach (var constraint in task.Start.PlacementConstraints.Where(constraint => constraint.Type == PlacementConstraintType.MemberOf))
        {
            if (OfAttributes(constraint.Expression!) is { } expression && !expression.Matches(FactsOf(node)))
                world.Violate($"{what} has started, which does not match {constraint.Expression}");
        }
    }

    /// <summary>What asks for anything else may have changed since it was placed, or is not known here.</summary>
    private static ConstraintExpression? OfAttributes(string text) =>
        text.Contains("registeredAt", StringComparison.Ordinal) || text.Contains("agentVersion", StringComparison.Ordinal)
            || ConstraintExpression.Parse(text).Expression is not { IsFixed: true } expression ? null : expression;

    private NodeFacts FactsOf(string node) => new()
    {
        Name = node,
        Status = NodeStatus.Active,
        Attributes = _attributes[node],
        TaskGroups = [],
        RunningTasksCount = 0,
        RegisteredAt = default,
        AgentVersion = null,
    };

    private void CheckJob(string what, TaskRecord task)
    {
        if (jobs.Find(task.Start.JobId) is not { } job)
        {
            world.Violate($"{what} has started, but there is no job {task.Start.JobId}");
            return;
        }

        if (job.HasEnded())
            world.Violate($"{what} has started, though job {job.Id} is {job.Status}");
        foreach (var name in job.Spec.Tasks.First(spec => spec.Name == task.Start.Name).DependsOn)
        {
            var count = job.Spec.Tasks.First(spec => spec.Name == name).Count;
            var succeeded = tasks.OfJob(job.Id).Count(other => other.Start.Name == name && tasks.HasSucceeded(other));
            if (succeeded != count)
                world.Violate($"{what} has started, but of {name}, which it depends on, {succeeded} of {count} have succeeded");
        }
    }
}
