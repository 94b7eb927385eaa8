namespace OrleansCluster.Grains.ResourceManagement.Preemption;

/// <summary>Who may have to leave for whom, and what that costs.</summary>
internal static class PreemptionRules
{
    /// <summary>What it costs an attempt to begin anew, beside the work that is lost.</summary>
    private static readonly TimeSpan _restart = TimeSpan.FromSeconds(30);

    /// <summary>A higher band takes the place of a lower one; within a band nobody has to leave, so production never does for production.</summary>
    public static bool MayTake(int priority, Claim claim) => PriorityBands.Of(claim.Priority) < PriorityBands.Of(priority);

    /// <summary>The time that it has run, since nobody can say how much of that is kept, and a restart.</summary>
    public static TimeSpan CostOf(Claim claim, DateTimeOffset now) =>
        _restart + (claim.ClaimedAt is { } since && since < now ? now - since : TimeSpan.Zero);
}
