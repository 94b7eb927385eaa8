using System.Collections.Immutable;

namespace OrleansCluster.Grains.Schedules;

/// <summary>
/// A job that is to be submitted: decided, written, and carried out as often as it takes. Everything that it needs is in it, so that it is the same job also after
/// the schedule was changed or a crash has come in between.
/// </summary>
internal sealed record ScheduleStart
{
    public required DateTimeOffset Moment { get; init; }
    public required string JobId { get; init; }
    public required JobSpec Job { get; init; }

    /// <summary>Jobs to stop before.</summary>
    public ImmutableArray<string> Stops { get; init; } = [];

    public string? Reason { get; init; }
    public bool IsManual { get; init; }
}
