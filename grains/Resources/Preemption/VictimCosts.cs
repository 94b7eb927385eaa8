namespace OrleansCluster.Grains.ResourceManagement.Preemption;

/// <summary>What it costs that a task leaves: the work that is lost, and a restart.</summary>
/// <param name="savedAt">When the newest checkpoints of attempts were taken, by their claims' ids. Who is not there has none, or is not known to have one.</param>
internal sealed class VictimCosts(DateTimeOffset now, IReadOnlyDictionary<string, DateTimeOffset> savedAt)
{
    /// <summary>What it costs an attempt to begin anew, beside the work that is lost.</summary>
    private static readonly TimeSpan _restart = TimeSpan.FromSeconds(30);

    /// <summary>By reference: comparing claims would cost more than all the rest.</summary>
    private readonly HashSet<Claim> _asked = new(ReferenceEqualityComparer.Instance);

    /// <summary>Without any checkpoint.</summary>
    public VictimCosts(DateTimeOffset now)
        : this(now, new Dictionary<string, DateTimeOffset>())
    {
    }

    /// <summary>Those whose cost was asked for.</summary>
    public IReadOnlyCollection<Claim> Asked => _asked;

    /// <summary>The time that it has run, as far as no checkpoint keeps what was done in it. Where that is not known, all of it.</summary>
    public TimeSpan Of(Claim claim)
    {
        _asked.Add(claim);
        if (claim.ClaimedAt is not { } since)
            return _restart;
        if (savedAt.Count > 0 && savedAt.TryGetValue(claim.Id, out var saved) && saved > since)
            since = saved;
        return _restart + (since < now ? now - since : TimeSpan.Zero);
    }
}
