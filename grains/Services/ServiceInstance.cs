namespace OrleansCluster.Grains.Services;

/// <summary>
/// A task that the service wants, or has wanted: written before the task is started, and kept until the task is stored as stopped. So whoever finds it here starts what has
/// not been started, and stops what has not stopped.
/// </summary>
/// <param name="Slot">Its place among the service's tasks; what takes its place later has the same.</param>
/// <param name="Number">Never used again.</param>
/// <param name="Deployment">The one that it was started for; its failures count against that.</param>
internal sealed record ServiceInstance(int Slot, int Number, int Revision, int Deployment)
{
    /// <summary>The only node that it may go to: a daemon's.</summary>
    public string? Node { get; init; }

    /// <summary>Why it is to stop; <see langword="null"/> while it is wanted.</summary>
    public string? Stopping { get; init; }

    /// <summary>When that was decided: it is in no endpoint list from then on.</summary>
    public DateTimeOffset? StoppingSince { get; init; }

    /// <summary>The attempt that was last found healthy; 0 for none.</summary>
    public int HealthyAttempt { get; init; }

    /// <summary>The number of the task that it is moved from, which stays until this one is healthy; <see langword="null"/> where it is no move.</summary>
    public int? MovedFrom { get; init; }

    /// <summary>Where that move is to bring it, and when it began.</summary>
    public string? FirstNode { get; init; }
    public DateTimeOffset? MovingSince { get; init; }

    /// <summary>Scale in leaves it alone until then.</summary>
    public DateTimeOffset? ProtectedUntil { get; init; }
}
