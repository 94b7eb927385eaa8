using System.Collections.Immutable;

namespace OrleansCluster.Grains.Schedules;

/// <summary>All that is kept of a schedule.</summary>
internal sealed record ScheduleRecord
{
    /// <summary>Runs that are kept, and jobs of one schedule that may wait for one another.</summary>
    public const int Most = 20;

    /// <summary>Jobs of one schedule at the same time.</summary>
    public const int MostLive = 100;

    public required ScheduleSpec Spec { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When to look next; <see langword="null"/> while it is paused.</summary>
    public DateTimeOffset? Due { get; init; }

    /// <summary>The newest that has been dealt with: no moment is looked at twice, whatever the clocks say.</summary>
    public DateTimeOffset LastMoment { get; init; }

    /// <summary>The newest first.</summary>
    public ImmutableArray<ScheduleRun> Runs { get; init; } = [];

    /// <summary>Jobs that were started and may not have ended yet, the newest last.</summary>
    public ImmutableArray<string> Live { get; init; } = [];

    /// <summary>Under way.</summary>
    public ScheduleStart? Starting { get; init; }

    public ScheduleView ToView() => new() { Spec = Spec, CreatedAt = CreatedAt, Next = Due, Runs = Runs };
}
