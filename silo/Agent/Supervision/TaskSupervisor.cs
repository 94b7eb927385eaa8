using System.Collections.Immutable;
using OrleansCluster.Silo.Agent.Logs;

namespace OrleansCluster.Silo.Agent.Supervision;

/// <summary>
/// Brings one task attempt from its claim to its end: looks, asks <see cref="TaskPlan"/> for the next step, takes it, reports, looks again.
/// A step that fails because the runtime is away is planned anew; only what the runtime refuses for good ends the task.
/// </summary>
internal sealed partial class TaskSupervisor
{
    private readonly AgentContext _context;
    private readonly TaskInbox _inbox;
    private readonly TaskTimeLimits _limits;
    private readonly ILogger _logger;
    private readonly SortedList<string, ContainerView> _containers = new(StringComparer.Ordinal);
    private readonly Lock _viewLock = new();
    private readonly HashSet<string> _ensured = [];
    private TaskDefinition? _definition;
    private string? _imageToEnsure;
    private TaskState _state = TaskState.Pending;
    private TaskObservation? _reported;
    private TaskRules? _rules;
    private CancellationTokenSource? _lifetime;

    /// <summary>By its containers' labels until the definition is known: what was adopted may have to be fenced before anybody has answered.</summary>
    private volatile bool _isKept;

    /// <param name="found">Its containers, where an agent before this one had begun with it.</param>
    public TaskSupervisor(Claim claim, IEnumerable<ContainerInfo> found, AgentContext context)
    {
        Claim = claim;
        Id = claim.Id;
        _context = context;
        _inbox = new TaskInbox(context.Clock);
        _limits = new TaskTimeLimits(_inbox, context.Clock);
        _logger = context.Loggers.CreateLogger<TaskSupervisor>();
        foreach (var info in found)
        {
            _containers[info.Labels.Container] = ContainerView.NotYet(info.Labels.Container).With(info);
            _isKept |= info.Labels.IsKept;
        }

        foreach (var view in _containers.Values)
            CheckFence(view);
        if (_containers.Count > 0)
            LogAdopted(_logger, Id, _containers.Count);
    }

    public Claim Claim { get; }

    /// <summary>The claim's, made once.</summary>
    public string Id { get; }

    /// <summary>It has ended, the manager knows, and nothing of it is left.</summary>
    public bool IsDone { get; private set; }

    /// <summary>Its claim is gone.</summary>
    public bool IsAbandoned { get; private set; }

    /// <summary>Returns when it is done or the agent stops; in that case its containers live on.</summary>
    public async Task Run(CancellationToken stopping)
    {
        using var lifetime = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        _lifetime = lifetime;
        using var limits = _limits;
        await _context.Loops.Run("task", Id, Advance, lifetime.Token);
        await _probing;
    }

    /// <summary>The manager wants it stopped.</summary>
    public void RequestStop() => _inbox.ToEnd(TaskEnd.Asked);

    /// <summary>The lease ran out. What is kept starts nothing more before the manager agrees in another session, and otherwise goes on.</summary>
    public void Fence()
    {
        if (_isKept)
            return;

        // What has no container and no approval has nothing to give up: it asks again in the next session.
        if (_inbox.ApprovedBy is not null || HasContainers())
            _inbox.ToEnd(TaskEnd.Fenced);
    }

    /// <summary>Its claim is gone, so nobody waits for its reports.</summary>
    public void Abandon()
    {
        IsAbandoned = true;
        _inbox.ToEndReleased(TaskEnd.Unclaimed);
    }

    /// <summary>The containers of it that run, by the runtime's ids.</summary>
    public IEnumerable<string> Running() => Containers().Where(view => view.Status == ContainerStatus.Running).Select(view => view.Id!);

    /// <summary>All its containers, by the runtime's ids.</summary>
    public IEnumerable<string> Ids() => Containers().Select(view => view.Id).OfType<string>();

    /// <summary>What it waited for may have come.</summary>
    public void Wake() => _inbox.Wake();

    /// <summary>Something has happened to one of its containers.</summary>
    public void Changed(string container) => _inbox.Changed(container);

    /// <summary>All its containers as a full listing shows them; those that it misses are looked at one by one.</summary>
    public void Seen(ImmutableArray<ContainerInfo> listed)
    {
        _inbox.Seen(listed);
        foreach (var view in Containers())
        {
            if (view.Id is not null && view.Status != ContainerStatus.Stopped && listed.All(info => info.Id != view.Id))
                _inbox.Changed(view.Name);
        }
    }

    /// <summary>A container of it by name; <see langword="null"/> where there is none yet.</summary>
    public ContainerView? Find(string container) => Containers().FirstOrDefault(view => view.Name == container);

    private bool IsApproved => _inbox.ApprovedBy is { } session && _context.Lease.IsGood(session);

    private async Task Advance(CancellationToken cancellationToken)
    {
        var definition = _definition ?? await Definition(cancellationToken);
        await Refresh(cancellationToken);
        EndHealth();
        switch (Plan(definition))
        {
            case PlanStep.End end:
                _inbox.ToEnd(end.Cause);
                break;
            case PlanStep.Create or PlanStep.Start:
                await Launch(definition, cancellationToken);
                break;
            case PlanStep.Stop stop:
                Observe(definition);
                if (await PrepareStop(definition, cancellationToken))
                    await Stop(definition, stop.Containers, cancellationToken);
                break;
            case PlanStep.Finish:
                await Finish(definition, cancellationToken);
                break;
            default:
                Observe(definition);
                await WaitOrCheckpoint(definition, cancellationToken);
                break;
        }
    }

    private PlanStep Plan(TaskDefinition definition) => TaskPlan.Next(definition, _inbox.End, _containers);

    private async Task<TaskDefinition> Definition(CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _inbox.Interrupted);

        // Whoever is fenced cannot wait for the manager to answer; whoever has nothing to stop need not.
        if (_inbox.End is { } end && (end.AtOnce || !HasContainers()))
            return Unknown();
        TaskDefinition? definition;
        try
        {
            definition = await _context.Definitions.Get(Claim.Definition).WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return await Definition(cancellationToken);
        }

        if (definition is null)
        {
            _inbox.ToEnd(TaskEnd.FailedToStart($"Task definition {Claim.Definition} does not exist"));
            definition = Unknown();
        }

        _isKept = definition.OnDisconnect == DisconnectPolicy.Keep;
        lock (_viewLock)
        {
            foreach (var spec in definition.Containers)
                _containers.TryAdd(spec.Name, ContainerView.NotYet(spec.Name));
        }


        _definition = definition;
        BeginHealth(definition);
        return definition;
    }

    private TaskDefinition Unknown() => new() { Family = Claim.Definition, Revision = 0, RegisteredAt = default, Containers = [] };

    /// <summary>Looks at the containers that may have changed.</summary>
    private async Task Refresh(CancellationToken cancellationToken)
    {
        var news = _inbox.Take();
        var changed = news.Changed;
        foreach (var info in news.Seen)
        {
            if (_containers.TryGetValue(info.Labels.Container, out var view))
                Set(view.With(info));
            if (HasOtherHealth(info))
                changed = changed.Add(info.Labels.Container);
        }

        foreach (var (name, finding) in news.Found)
            Judge(name, finding);
        try
        {
            foreach (var name in changed)
            {
                if (_containers.TryGetValue(name, out var view) && view is { Id: not null, Status: not ContainerStatus.Stopped })
                    await Inspect(view, cancellationToken);
            }
        }
        catch
        {
            foreach (var name in changed)
                _inbox.Changed(name);
            throw;
        }
    }

    private async Task Inspect(ContainerView view, CancellationToken cancellationToken)
    {
        var info = await _context.Runtime.Inspect(view.Id!, cancellationToken);
        Set(info is null
            ? view with { Status = ContainerStatus.Stopped, Vanished = true, EndedAt = _context.Clock.GetUtcNow() }
            : view.With(info));
        if (info?.Status == ContainerStatus.Running)
            JudgeBy(info);
    }

    /// <summary>What the guard has stopped did not end by itself, so the task is to run elsewhere.</summary>
    private void CheckFence(ContainerView view)
    {
        if (view is { Status: ContainerStatus.Stopped, Id: { } id } && _inbox.End is null && _context.Guard.HasFenced(id))
            _inbox.ToEnd(TaskEnd.Fenced);
    }

    private void Set(ContainerView view)
    {
        CheckFence(view);
        lock (_viewLock)
            _containers[view.Name] = view;
        WatchHealth(view);
    }

    private ImmutableArray<ContainerView> Containers()
    {
        lock (_viewLock)
            return [.. _containers.Values];
    }

    private bool HasContainers() => Containers().Any(view => view.Id is not null);

    private LogKey LogOf(ContainerView view) => new(Claim.TaskId, Claim.Attempt, view.Name);

    [LoggerMessage(Level = LogLevel.Information, Message = "Task {Claim}: adopted with {Count} containers")]
    private static partial void LogAdopted(ILogger logger, string claim, int count);
}
