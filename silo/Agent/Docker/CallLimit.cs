namespace OrleansCluster.Silo.Agent.Docker;

/// <summary>A caller's token joined with a time limit, and which of the two has struck.</summary>
internal sealed class CallLimit : IDisposable
{
    private readonly CancellationToken _caller;
    private readonly CancellationTokenSource _timeout;
    private readonly CancellationTokenSource _either;

    public CallLimit(TimeSpan limit, TimeProvider clock, CancellationToken caller)
    {
        _caller = caller;
        _timeout = new CancellationTokenSource(limit, clock);
        _either = CancellationTokenSource.CreateLinkedTokenSource(caller, _timeout.Token);
    }

    public CancellationToken Token => _either.Token;

    /// <summary>The exception is the limit's doing, not the caller's.</summary>
    public bool Covers(Exception e) =>
        e is OperationCanceledException && _timeout.IsCancellationRequested && !_caller.IsCancellationRequested;

    public void Dispose()
    {
        _either.Dispose();
        _timeout.Dispose();
    }
}
