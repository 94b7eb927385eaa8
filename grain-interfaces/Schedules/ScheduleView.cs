using System.Collections.Immutable;

namespace OrleansCluster;

/// <summary>A schedule as the API shows it.</summary>
[GenerateSerializer, Immutable, Alias("ocs.ScheduleView")]
public sealed record ScheduleView
{
    [Id(0)] public required ScheduleSpec Spec { get; init; }
    [Id(1)] public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The next start; <see langword="null"/> while it is paused.</summary>
    [Id(2)] public DateTimeOffset? Next { get; init; }

    /// <summary>The newest 20, the newest first.</summary>
    [Id(3)] public required ImmutableArray<ScheduleRun> Runs { get; init; }
}
