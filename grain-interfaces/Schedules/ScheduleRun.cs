using System.Collections.Immutable;

namespace OrleansCluster;

/// <summary>What became of one start of a schedule.</summary>
[GenerateSerializer, Immutable, Alias("ocs.ScheduleRun")]
public sealed record ScheduleRun
{
    /// <summary>When it was due; of one that somebody asked for, when that was.</summary>
    [Id(0)] public required DateTimeOffset Moment { get; init; }

    [Id(1)] public required ScheduleOutcome Outcome { get; init; }

    /// <summary>The job's id, made of the schedule's name and the moment; <see langword="null"/> where none was to start.</summary>
    [Id(2)] public string? Job { get; init; }

    [Id(3)] public string? Reason { get; init; }

    /// <summary>What was wrong with a job that was refused, at most 20 of it.</summary>
    [Id(4)] public ImmutableArray<Fault> Faults { get; init; } = [];

    /// <summary>Somebody asked for it.</summary>
    [Id(5)] public bool IsManual { get; init; }
}
