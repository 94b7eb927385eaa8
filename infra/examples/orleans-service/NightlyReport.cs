using System.Collections.Immutable;
using OrleansCluster;

namespace NightlyReports;

/// <summary>What became of a day's report.</summary>
[GenerateSerializer, Immutable, Alias("nightly.NightlyReport")]
public sealed record NightlyReport
{
    [Id(0)] public required string Job { get; init; }
    [Id(1)] public required JobStatus Status { get; init; }

    /// <summary>The node that the report was written on.</summary>
    [Id(2)] public required string? Node { get; init; }

    /// <summary>The job's events, one line each.</summary>
    [Id(3)] public required ImmutableArray<string> Events { get; init; }
}
