using System.Collections.Immutable;

namespace OrleansCluster;

/// <summary>One named task of a job: a registered definition, or containers (and volumes) of its own.</summary>
[GenerateSerializer, Immutable, Alias("ocs.JobTaskSpec")]
public sealed record JobTaskSpec
{
    /// <summary>Unique within the job: lower-case letters, digits and hyphens, 1 to 63 characters.</summary>
    [Id(0)] public required string Name { get; init; }

    /// <summary>How many instances run, 1 to 10,000. Each gets its <c>OCS_TASK_INDEX</c> from 0.</summary>
    [Id(1)] public int Count { get; init; } = 1;

    /// <summary>Names of tasks of this job, all instances of which must have succeeded before this one starts.</summary>
    [Id(2)] public ImmutableArray<string> DependsOn { get; init; } = [];

    /// <summary><c>family</c> (its newest revision at submission) or <c>family:revision</c>; not together with <see cref="Containers"/>.</summary>
    [Id(3)] public string? Definition { get; init; }

    /// <summary>An inline definition, registered as family <c>job-task</c> at submission.</summary>
    [Id(4)] public ImmutableArray<ContainerSpec> Containers { get; init; } = [];
    [Id(5)] public ImmutableArray<VolumeSpec> Volumes { get; init; } = [];
    [Id(6)] public NetworkMode Network { get; init; }

    /// <summary>Which nodes its tasks may go to; all must hold, at most 10.</summary>
    [Id(7)] public ImmutableArray<PlacementConstraint> PlacementConstraints { get; init; } = [];

    /// <summary>Which of those nodes is taken: a chain, each step of which decides among what is equal for the one before, at most 5. Best fit where there is none.</summary>
    [Id(8)] public ImmutableArray<PlacementStep> PlacementStrategy { get; init; } = [];

    /// <summary>
    /// Tasks of one group are spread and kept apart together, whatever jobs they are of: letters, digits and <c>-_./:</c>, 1 to 255 characters. By default <c>family:</c> with the
    /// family of their definition, which for containers of a task's own is <c>job-task</c>.
    /// </summary>
    [Id(9)] public string? Group { get; init; }

    /// <summary>What of an instance its next attempt goes on from; goes with <see cref="Containers"/>, since a definition brings its own.</summary>
    [Id(20)] public CheckpointSpec? Checkpoint { get; init; }
}
