namespace OrleansCluster;

/// <summary>Another job, and how it must have ended.</summary>
[GenerateSerializer, Immutable, Alias("ocs.JobDependency")]
public sealed record JobDependency
{
    /// <summary>The other job's id.</summary>
    [Id(0)] public required string Job { get; init; }

    [Id(1)] public JobCondition Condition { get; init; }
}
