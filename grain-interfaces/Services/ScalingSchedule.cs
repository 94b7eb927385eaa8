namespace OrleansCluster;

/// <summary>Other bounds of the desired count from some moments on, such as each morning. What it leaves out stays as it is.</summary>
[GenerateSerializer, Immutable, Alias("ocs.ScalingSchedule")]
public sealed record ScalingSchedule
{
    /// <summary>When, as in <see cref="ScheduleSpec.Cron"/>. What counts is its last moment: how many passed while nobody looked does not matter.</summary>
    [Id(0)] public required string Cron { get; init; }

    /// <summary>By whose clocks, as IANA names it: <c>Europe/Berlin</c>.</summary>
    [Id(1)] public string TimeZone { get; init; } = "UTC";

    /// <summary>Tasks, 0 to 10,000.</summary>
    [Id(2)] public int? Minimum { get; init; }

    /// <summary>Tasks, 0 to 10,000.</summary>
    [Id(3)] public int? Maximum { get; init; }
}
