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
/// its job. What its definition has kept may run on without its claim where its node is lost, beside the next attempt, and is not ended before.
/// </summary>
internal sealed class ContainerBook(World world, ClaimBook claims, TaskBook tasks, JobBook jobs, DefinitionBook definitions)
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
        {
            if (_running.Remove(id))
                CheckEnd(info);
        }
        else if (_running.TryAdd(id, labels))
        {
            OnStarted(id, labels);
            Started?.Invoke(info, files);
        }
    }

    public void OnClaimRemoved(Claim claim)
    {
        if (IsKept(claim.TaskId) && claims.IsLost(claim.Node))
            return;
        foreach (var labels in _running.Values.Where(labels => labels.TaskId == claim.TaskId && labels.Attempt == claim.Attempt))
            world.Violate($"claim {claim.Id} on {claim.Node} was released while container {labels.Container} runs on {labels.Node}");
    }

    public void OnAttemptOver(string taskId, int attempt)
    {
        foreach (var labels in _running.Values.Where(labels => labels.TaskId == taskId && labels.Attempt == attempt && !(IsKept(taskId) && claims.IsLost(labels.Node))))
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
        if (_running.Values.FirstOrDefault(other => other.TaskId == labels.TaskId && other.Attempt != labels.Attempt && !MayRunBesideNext(other)) is { } twice)
            world.Violate($"{what} has started while attempt {twice.Attempt} runs on {twice.Node}");
        if (_running.Values.FirstOrDefault(other => other.Node == labels.Node && IsLeftOver(other)) is { } beside)
            world.Violate($"{what} has started beside {beside.Container} of {beside.TaskId}, attempt {beside.Attempt}, which has no claim any more");
        if (tasks.Find(labels.TaskId) is { } task)
        {
            CheckNode(what, labels.Node, task);
            if (task.Start is { IsOfService: false, OfFramework: null })
                CheckJob(what, task);
        }
        else
            world.Violate($"{what} has started, but there is no such task");
    }

    private bool IsKept(string taskId) => DefinitionOf(taskId)?.OnDisconnect == DisconnectPolicy.Keep;

    /// <summary>Kept until its node was lost.</summary>
    private bool IsLeftOver(ContainerLabels labels) => IsKept(labels.TaskId) && !claims.Has(labels.TaskId, labels.Attempt, labels.Node);

    /// <summary>Its claim may still have to be given back.</summary>
    private bool MayRunBesideNext(ContainerLabels labels) => IsLeftOver(labels) || (IsKept(labels.TaskId) && claims.IsLost(labels.Node));

    private TaskDefinition? DefinitionOf(string taskId) => tasks.Find(taskId) is { } task ? definitions.Find(task.Start.Definition) : null;

    /// <summary>
    /// What is kept and still has its claim is told to end by nobody, unless somebody wants it to, or its time is over. Of several containers one may have ended the
    /// others.
    /// </summary>
    private void CheckEnd(ContainerInfo info)
    {
        var labels = info.Labels;
        if (info.ExitCode == SimulatedContainer.Terminated
            && DefinitionOf(labels.TaskId) is { OnDisconnect: DisconnectPolicy.Keep, Containers.Length: 1 }
            && claims.Has(labels.TaskId, labels.Attempt, labels.Node)
            && tasks.Find(labels.TaskId) is { Desired: DesiredStatus.Running, Eviction: null, Start.Rules: null or { StartTimeout: null, AttemptTimeout: null } } task
            && task.Attempt == labels.Attempt)
            world.Violate($"container {labels.Container} of {labels.TaskId}, attempt {labels.Attempt}, on {labels.Node} is to be kept, and was stopped though it has its claim and is wanted");
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
