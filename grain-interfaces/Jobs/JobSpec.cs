using System.Collections.Immutable;

namespace OrleansCluster;

/// <summary>What a user hands in: named tasks that end, with dependencies among them.</summary>
[GenerateSerializer, Immutable, Alias("ocs.JobSpec")]
public sealed record JobSpec
{
    /// <summary>Lower-case letters, digits and hyphens, 1 to 63 characters; the job's id begins with it.</summary>
    [Id(0)] public required string Name { get; init; }

    /// <summary>Whose share of the cluster it uses.</summary>
    [Id(1)] public string Team { get; init; } = "default";

    /// <summary>0 to 100; higher goes first. A point outweighs a minute of waiting, so that nothing waits for ever.</summary>
    [Id(2)] public int Priority { get; init; } = 50;
    [Id(3)] public required ImmutableArray<JobTaskSpec> Tasks { get; init; }

    /// <summary>Seconds that the job may take from its start, 1 to 31,536,000; then its tasks are stopped and it has failed.</summary>
    [Id(4)] public int? Timeout { get; init; }

    /// <summary>Not before this moment; <see langword="null"/> for at once.</summary>
    [Id(5)] public DateTimeOffset? StartAt { get; init; }

    /// <summary>Other jobs that it waits for, at most 100.</summary>
    [Id(6)] public ImmutableArray<JobDependency> DependsOn { get; init; } = [];
}
