using System.Collections.Immutable;

namespace OrleansCluster;

/// <summary>
/// Where a job's first tasks would run, with the versions of the nodes that this rests on. Asking for it changes nothing; submitting it does exactly what it
/// says, or is refused with what has changed.
/// </summary>
[GenerateSerializer, Immutable, Alias("ocs.JobPlan")]
public sealed record JobPlan
{
    /// <summary>The id that the job gets. One plan is one job, however often it is submitted.</summary>
    [Id(0)] public required string JobId { get; init; }

    [Id(1)] public required JobSpec Spec { get; init; }

    /// <summary>One entry for each task and node.</summary>
    [Id(2)] public ImmutableArray<JobPlacement> Placements { get; init; } = [];

    /// <summary>Those that would wait for a node; submitted, they do.</summary>
    [Id(3)] public ImmutableArray<JobUnplaced> Unplaced { get; init; } = [];

    /// <summary>Names of the tasks that start when others have succeeded: where they will run cannot be known now.</summary>
    [Id(4)] public ImmutableArray<string> Later { get; init; } = [];
}
