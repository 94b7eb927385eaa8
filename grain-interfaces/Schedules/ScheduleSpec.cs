namespace OrleansCluster;

/// <summary>A job that starts again and again.</summary>
[GenerateSerializer, Immutable, Alias("ocs.ScheduleSpec")]
public sealed record ScheduleSpec
{
    /// <summary>Lower-case letters, digits and hyphens, 1 to 63 characters; the jobs' ids begin with it.</summary>
    [Id(0)] public required string Name { get; init; }

    /// <summary>
    /// When: minute, hour, day of month, month and day of week, with seconds before them or without, such as <c>30 2 * * MON-FRI</c>; or <c>@daily</c> and the like.
    /// </summary>
    [Id(1)] public required string Cron { get; init; }

    /// <summary>
    /// By whose clocks, as IANA names it: <c>Europe/Berlin</c>. What falls into an hour that is left out comes at its end; of an hour that comes twice, the first counts for
    /// a time of day, and both for an interval.
    /// </summary>
    [Id(2)] public string TimeZone { get; init; } = "UTC";

    /// <summary>What each start submits.</summary>
    [Id(3)] public required JobSpec Job { get; init; }

    /// <summary>What becomes of starts that came while nothing could start.</summary>
    [Id(4)] public MissedPolicy Missed { get; init; } = MissedPolicy.RunOnce;

    /// <summary>Seconds that a start may be late and is not missed, 1 to 86,400.</summary>
    [Id(5)] public int MissedAfter { get; init; } = 60;

    /// <summary>What becomes of a start while jobs of earlier ones have not ended.</summary>
    [Id(6)] public OverlapPolicy Overlap { get; init; } = OverlapPolicy.Skip;

    /// <summary>Nothing starts by itself; what comes meanwhile is not missed.</summary>
    [Id(7)] public bool Paused { get; init; }
}
