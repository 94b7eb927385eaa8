namespace OrleansCluster;

/// <summary>What has become of a framework's task. Told again until it is acknowledged, one at a time for each task.</summary>
[GenerateSerializer, Immutable, Alias("ocs.FrameworkUpdate")]
public sealed record FrameworkUpdate
{
    /// <summary>As the framework calls it.</summary>
    [Id(0)] public required string Task { get; init; }

    /// <summary>RUNNING or STOPPED where it is to be acknowledged; any in the answer to a reconciliation.</summary>
    [Id(1)] public required TaskState State { get; init; }

    /// <summary><see langword="null"/> for a task that is not there.</summary>
    [Id(2)] public TaskView? View { get; init; }

    /// <summary>Whether it is told again until it is acknowledged; not in the answer to a reconciliation.</summary>
    [Id(3)] public required bool WantsAcknowledgement { get; init; }

    /// <summary>When it came to that state.</summary>
    [Id(4)] public required DateTimeOffset At { get; init; }

    /// <summary>Why it was not taken; <see langword="null"/> for what was.</summary>
    [Id(5)] public FrameworkRejection? Rejected { get; init; }
}
