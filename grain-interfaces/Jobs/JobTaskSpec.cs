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

    /// <summary>Names of tasks of this job, all instances of which must have succeeded before this one starts; 100,000 in a job at the most.</summary>
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

    /// <summary>What follows where an attempt fails; <see langword="null"/> for one attempt.</summary>
    [Id(10)] public RetrySpec? Retry { get; init; }

    /// <summary>Seconds that an attempt may run, 1 to 31,536,000; then it is stopped and has failed.</summary>
    [Id(11)] public int? AttemptTimeout { get; init; }

    /// <summary>Seconds from an attempt's launch on its node, images included, to its containers running, 1 to 86,400; then it is stopped and has failed.</summary>
    [Id(12)] public int? StartTimeout { get; init; }

    /// <summary>Seconds that an attempt may wait for a node, 1 to 31,536,000; then the task has failed for good.</summary>
    [Id(13)] public int? QueueTimeout { get; init; }

    /// <summary>How many instances may be there at a time, 1 to 10,000; <see langword="null"/> for all of them.</summary>
    [Id(14)] public int? Parallelism { get; init; }

    /// <summary>Names of tasks of this job with the same count: each instance starts when the one with its index has succeeded there.</summary>
    [Id(15)] public ImmutableArray<string> DependsOnEach { get; init; } = [];

    /// <summary>
    /// What is different from <see cref="Definition"/> in its containers. The definition with these changes is registered as family <c>job-task</c> at submission;
    /// the task stays in the definition's group.
    /// </summary>
    [Id(30)] public ImmutableArray<ContainerOverride> Overrides { get; init; } = [];

    /// <summary>What of an instance its next attempt goes on from; goes with <see cref="Containers"/>, since a definition brings its own.</summary>
    [Id(20)] public CheckpointSpec? Checkpoint { get; init; }

    /// <summary>
    /// Whether its containers are stopped or run on while their node is cut off; goes with <see cref="Containers"/>, since a definition brings its own. What is kept may
    /// run twice: once the node is declared lost the next attempt begins elsewhere, and the workload's own guard is <c>OCS_EPOCH</c>, which is greater there.
    /// </summary>
    [Id(21)] public DisconnectPolicy OnDisconnect { get; init; }

    /// <summary>
    /// Its instances start together or not at all, and when one of them begins anew, all do that have not succeeded; when one has failed for good, the others are
    /// stopped. At most 1,000 instances; goes with neither a smaller <see cref="Parallelism"/> nor <see cref="DependsOnEach"/>.
    /// </summary>
    [Id(50)] public bool Gang { get; init; }
}
