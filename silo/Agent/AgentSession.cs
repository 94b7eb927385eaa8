namespace OrleansCluster.Silo.Agent;

/// <summary>One registration of the node, and the time until which its lease is good by this host's own monotonic clock.</summary>
internal sealed class AgentSession(string id, TimeProvider clock, TimeSpan duration, long sentAt)
{
    private readonly CancellationTokenSource _ended = new();
    private long _sentAt = sentAt;
    private long _duration = duration.Ticks;

    public string Id { get; } = id;

    /// <summary>Cancelled when the session is over, for whatever reason.</summary>
    public CancellationToken Ended => _ended.Token;

    public TimeSpan Duration => TimeSpan.FromTicks(Interlocked.Read(ref _duration));

    /// <summary>Since the last request that was granted was sent.</summary>
    public TimeSpan Age => clock.GetElapsedTime(Interlocked.Read(ref _sentAt));

    /// <summary>What is left of the lease; zero or less once it has run out.</summary>
    public TimeSpan Remaining => Duration - Age;

    public bool IsGood => !_ended.IsCancellationRequested && Remaining > TimeSpan.Zero;

    /// <param name="sentAt">When the request was sent, not when it was answered: the manager counts from some time in between.</param>
    public void Renewed(TimeSpan duration, long sentAt)
    {
        Interlocked.Exchange(ref _sentAt, sentAt);
        Interlocked.Exchange(ref _duration, duration.Ticks);
    }

    public void End() => _ended.Cancel();
}
