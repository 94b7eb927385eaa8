namespace OrleansCluster.Grains.ResourceManagement.Preemption;

/// <summary>Who may have to leave for whom.</summary>
internal static class PreemptionRules
{
    /// <summary>A higher band takes the place of a lower one; within a band nobody has to leave, so production never does for production.</summary>
    public static bool MayTake(int priority, Claim claim) => PriorityBands.Of(claim.Priority) < PriorityBands.Of(priority);
}
