namespace OrleansCluster;

/// <summary>An ended attempt of a task that went on with another.</summary>
[GenerateSerializer, Immutable, Alias("ocs.AttemptView")]
public sealed record AttemptView
{
    [Id(0)] public required int Attempt { get; init; }
    [Id(1)] public string? Node { get; init; }
    [Id(2)] public required StopCode StopCode { get; init; }
    [Id(3)] public string? Reason { get; init; }
    [Id(4)] public DateTimeOffset? StoppedAt { get; init; }

    /// <summary>Of the essential container that ended first without success; <see langword="null"/> where there is none.</summary>
    [Id(5)] public int? ExitCode { get; init; }
}
