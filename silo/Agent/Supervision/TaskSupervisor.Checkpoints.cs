using OrleansCluster.Silo.Agent.Checkpoints;

namespace OrleansCluster.Silo.Agent.Supervision;

/// <summary>When a checkpoint is taken and restored. One at a time, and in the supervisor's own loop: nothing else happens to the task meanwhile.</summary>
internal sealed partial class TaskSupervisor
{
    /// <summary>How long the end of a task is held back for its last checkpoint while the store or the runtime is away.</summary>
    private static readonly TimeSpan _lastPatience = TimeSpan.FromSeconds(30);

    /// <summary>How often the manager is asked again for what it has not said yet.</summary>
    private static readonly TimeSpan _askPeriod = TimeSpan.FromSeconds(2);

    private readonly CheckpointKnowledge _checkpoints = new();
    private DateTimeOffset _triedAt = DateTimeOffset.UnixEpoch;
    private DateTimeOffset _askedAt = DateTimeOffset.UnixEpoch;
    private DateTimeOffset? _lastSince;
    private bool _isLastTaken;
    private bool _isReadyToStop;

    /// <summary>Somebody wants a checkpoint.</summary>
    public void AskForCheckpoint(int request)
    {
        if (_checkpoints.Ask(request))
            _inbox.Wake();
    }

    /// <summary>Takes one that is due, and otherwise waits until something happens. While it is cut off nobody would hear of one.</summary>
    private async Task WaitOrCheckpoint(TaskDefinition definition, CancellationToken cancellationToken)
    {
        if (definition.Checkpoint is not { } spec || !IsApproved || Source(definition, spec) is not { Status: ContainerStatus.Running } view || _checkpoints.Orders is not { } orders)
        {
            await _inbox.Wait(cancellationToken);
            return;
        }

        var left = UntilDue(spec, view, orders);
        if (left > TimeSpan.Zero || left == Timeout.InfiniteTimeSpan)
        {
            await _inbox.Wait(left, cancellationToken);
            return;
        }

        await InterruptibleTake(spec, view, orders, cancellationToken);
    }

    /// <summary>
    /// The system's own stops, after which the task may go on elsewhere: the workload is told and has its grace, then the directory is archived. What it writes while
    /// it stops is in the last checkpoint.
    /// </summary>
    /// <returns>Whether its containers may be stopped now.</returns>
    private async Task<bool> PrepareStop(TaskDefinition definition, CancellationToken cancellationToken)
    {
        if (_isReadyToStop || definition.Checkpoint is not { } spec || _inbox.End is not { Code: null, AtOnce: false })
            return true;
        if (_checkpoints.BeforeStop is not { } isWanted)
        {
            await AskManager(cancellationToken);
            return false;
        }

        if (isWanted && Source(definition, spec) is { Status: ContainerStatus.Running } view && _checkpoints.Orders is not null)
            await CheckpointBeforeStop(spec, view, cancellationToken);
        _isReadyToStop = true;
        return true;
    }

    private async Task CheckpointBeforeStop(CheckpointSpec spec, ContainerView view, CancellationToken cancellationToken)
    {
        try
        {
            if (spec.Signal is { } signal)
            {
                await _context.Runtime.Signal(view.Id!, signal, cancellationToken);
                await GiveGrace(spec, view, cancellationToken);
            }

            if (Find(view.Name) is { Status: ContainerStatus.Running } && _inbox.End is { AtOnce: false })
                await InterruptibleTake(spec, view, _checkpoints.Orders!, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // The stop does not wait for it: the last checkpoint is still to come.
            LogNoCheckpoint(_logger, exception, Id);
        }
    }

    private async Task GiveGrace(CheckpointSpec spec, ContainerView view, CancellationToken cancellationToken)
    {
        var grace = TimeSpan.FromSeconds(spec.Grace);
        var began = _context.Clock.GetTimestamp();
        for (var left = grace; left > TimeSpan.Zero && _inbox.End is { AtOnce: false }; left = grace - _context.Clock.GetElapsedTime(began))
        {
            await _inbox.Wait(left, cancellationToken);
            await Refresh(cancellationToken);
            if (Find(view.Name) is not { Status: ContainerStatus.Running })
                return;
        }
    }

    /// <summary>After the last exit, where another attempt may go on from it.</summary>
    /// <returns>Whether the end may be reported now.</returns>
    private async Task<bool> TakeLast(TaskDefinition definition, CancellationToken cancellationToken)
    {
        if (_isLastTaken || definition.Checkpoint is not { } spec || !IsLastWanted(definition)
            || Source(definition, spec) is not { Id: not null, Failure: null, Vanished: false, StartedAt: not null } view)
            return true;
        _lastSince ??= _context.Clock.GetUtcNow();
        var isPatient = _context.Clock.GetUtcNow() - _lastSince < _lastPatience;
        if (_checkpoints.Orders is not { } orders)
        {
            if (!isPatient || _checkpoints.BeforeStop == false)
                return true;
            await AskManager(cancellationToken);
            return false;
        }

        try
        {
            await InterruptibleTake(spec, view, orders, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException && !isPatient)
        {
            LogNoCheckpoint(_logger, exception, Id);
        }

        _isLastTaken = true;
        return true;
    }

    private bool IsLastWanted(TaskDefinition definition) => _inbox.End switch
    {
        null or { AtOnce: true } => false,
        { Code: null } => _checkpoints.BeforeStop == true,
        { Code: StopCode.TimedOut } => true,
        { Code: StopCode.EssentialContainerExited } => definition.Containers.Any(spec => spec.Essential && _containers[spec.Name].ExitCode != 0),
        _ => false,
    };

    /// <summary>Given up when the task is to end: the last one is better.</summary>
    private async Task InterruptibleTake(CheckpointSpec spec, ContainerView view, CheckpointOrders orders, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _inbox.Interrupted);
        using var span = StartSpan("agent.checkpoint");
        try
        {
            var receipt = await _context.Checkpoints.Take(Claim, spec, view.Id!, orders, either.Token);
            _checkpoints.Hear(receipt?.Orders);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Interrupted.
        }

        _triedAt = _context.Clock.GetUtcNow();
    }

    private TimeSpan UntilDue(CheckpointSpec spec, ContainerView view, CheckpointOrders orders)
    {
        if (orders.Requested > orders.Answered)
            return Left(_triedAt, _askPeriod);
        if (spec.Interval == 0)
            return Timeout.InfiniteTimeSpan;
        var since = view.StartedAt is { } started && started > _triedAt ? started : _triedAt;
        if (orders.Restore is { } newest && newest.Attempt == Claim.Attempt && newest.TakenAt > since)
            since = newest.TakenAt;
        return Left(since, TimeSpan.FromSeconds(spec.Interval));
    }

    private TimeSpan Left(DateTimeOffset since, TimeSpan period)
    {
        var left = since + period - _context.Clock.GetUtcNow();
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    /// <summary>Waits for what the manager says of checkpoints, and asks it now and then.</summary>
    private async Task AskManager(CancellationToken cancellationToken)
    {
        if (Left(_askedAt, _askPeriod) == TimeSpan.Zero)
        {
            _askedAt = _context.Clock.GetUtcNow();
            ReportAgain();
        }

        await _inbox.Wait(Left(_askedAt, _askPeriod), cancellationToken);
    }

    /// <summary>The container whose directory it is.</summary>
    private ContainerView? Source(TaskDefinition definition, CheckpointSpec spec) => Find(SourceOf(definition, spec));

    private static string SourceOf(TaskDefinition definition, CheckpointSpec spec) =>
        spec.Container ?? definition.Containers.First(container => container.Essential).Name;

    /// <summary>The checkpoint that a container is to begin with.</summary>
    private TaskCheckpoint? ToRestore(TaskDefinition definition, string container) =>
        definition.Checkpoint is { } spec && SourceOf(definition, spec) == container ? _checkpoints.Orders?.Restore : null;

    [LoggerMessage(Level = LogLevel.Warning, Message = "Task {Claim}: no checkpoint could be taken at its end")]
    private static partial void LogNoCheckpoint(ILogger logger, Exception exception, string claim);
}
