namespace OrleansCluster.Silo.Agent;

/// <summary>
/// Keeps the node registered. Without a good session nothing is launched and nothing reported; a lease that runs out fences the node: its
/// tasks are stopped before the manager, which waits longer, places them elsewhere; unless their definition has them kept.
/// </summary>
internal sealed partial class AgentLease(
    INodeGrain node,
    Func<string, CancellationToken, Task<NodeRegistration>> registration,
    Func<string> newSession,
    AgentInstruments instruments,
    IFenceGuard guard,
    TimeProvider clock,
    ILogger logger)
{
    private const int RenewalsInLease = 3;

    /// <summary>Between two registrations: two agents of one name would otherwise take the node from each other without a pause.</summary>
    private static readonly TimeSpan _registrationPause = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly Signal _begun = new(clock);
    private AgentSession? _current;
    private AgentSession? _granted;
    private long? _registeredAt;
    private TaskCompletionSource<AgentSession> _next = new();

    /// <summary>Called when the lease has run out, before another session can begin.</summary>
    public event Action? Lapsed;

    /// <summary>Called when a session has begun.</summary>
    public event Action? Began;

    public bool IsGood(AgentSession? session) => session is { IsGood: true } && ReferenceEquals(session, _current);

    /// <summary>The session there is, or the next one.</summary>
    public async Task<AgentSession> Session(CancellationToken cancellationToken)
    {
        Task<AgentSession> next;
        lock (_lock)
        {
            if (_current is { } current)
                return current;
            next = _next.Task;
        }

        return await next.WaitAsync(cancellationToken);
    }

    /// <summary>The manager says that the session holds the node no longer; the next one tells what is still to run.</summary>
    public void Drop(AgentSession session)
    {
        if (End(session))
            LogDropped(logger, session.Id);
    }

    /// <summary>One step of the loop that registers and renews.</summary>
    public async Task Keep(CancellationToken cancellationToken)
    {
        if (_current is { } session)
            await Renew(session, cancellationToken);
        else
            await Register(cancellationToken);
    }

    /// <summary>
    /// One step of the loop that watches the lease run out. A loop of its own, because a renewal may hang; and it watches the last lease that was
    /// granted even where its session was dropped since, because another one may never come.
    /// </summary>
    public async Task Fence(CancellationToken cancellationToken)
    {
        var session = _granted;
        var remaining = session?.Remaining ?? Timeout.InfiniteTimeSpan;
        if (session is null || remaining > TimeSpan.Zero)
        {
            await _begun.Wait(remaining, cancellationToken);
            return;
        }

        if (Interlocked.CompareExchange(ref _granted, null, session) != session)
            return;
        LogLapsed(logger, session.Id, session.Duration);
        instruments.LeaseLapsed();
        Lapsed?.Invoke();
        End(session);
    }

    private async Task Register(CancellationToken cancellationToken)
    {
        if (_registeredAt is { } last && _registrationPause - clock.GetElapsedTime(last) is var pause && pause > TimeSpan.Zero)
            await Task.Delay(pause, clock, cancellationToken);
        var id = newSession();
        var request = await registration(id, cancellationToken);
        var sentAt = clock.GetTimestamp();
        _registeredAt = sentAt;
        var answer = await node.Register(request).WaitAsync(cancellationToken);
        if (!answer.IsAccepted)
            throw new InvalidOperationException($"The cluster refused the node: {answer.Refusal.Title} {string.Join(' ', answer.Refusal.Faults.Select(fault => fault.Message))}");
        if (!answer.Value.IsHeld)
            throw new InvalidOperationException("The node is not granted yet: it was lost and its tasks are still being taken from it, or a second agent uses its name.");
        var session = new AgentSession(id, clock, answer.Value.Duration, sentAt);
        guard.Extend(session.Remaining);
        LogRegistered(logger, request.Node, id, request.Capacity, answer.Value.Duration);
        TaskCompletionSource<AgentSession> waiting;
        lock (_lock)
        {
            _current = session;
            waiting = _next;
            _next = new TaskCompletionSource<AgentSession>();
        }

        Volatile.Write(ref _granted, session);
        _begun.Set();
        waiting.TrySetResult(session);
        Began?.Invoke();
    }

    private async Task Renew(AgentSession session, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, session.Ended);
        try
        {
            var interval = session.Duration / RenewalsInLease;
            if (interval - session.Age is var pause && pause > TimeSpan.Zero)
                await Task.Delay(pause, clock, either.Token);
            var sentAt = clock.GetTimestamp();
            var lease = await node.Renew(session.Id).WaitAsync(interval, clock, either.Token);
            instruments.LeaseRenewed(lease.IsHeld);
            if (lease.IsHeld)
            {
                session.Renewed(lease.Duration, sentAt);
                guard.Extend(session.Remaining);
            }
            else
            {
                Drop(session);
            }
        }
        catch (OperationCanceledException) when (session.Ended.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            // The next step registers.
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            instruments.LeaseNotRenewed();
            throw;
        }
    }

    private bool End(AgentSession session)
    {
        lock (_lock)
        {
            if (!ReferenceEquals(_current, session))
                return false;
            _current = null;
        }

        session.End();
        return true;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Node {Node} is registered: session {Session}, capacity {Capacity}, lease {Duration}")]
    private static partial void LogRegistered(ILogger logger, string node, string session, Resources capacity, TimeSpan duration);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Session {Session} no longer holds the node; registering again")]
    private static partial void LogDropped(ILogger logger, string session);

    [LoggerMessage(Level = LogLevel.Error, Message = "The lease of session {Session} could not be renewed within {Duration}: stopping the node's tasks, but for those that are to be kept")]
    private static partial void LogLapsed(ILogger logger, string session, TimeSpan duration);
}
