using System.Collections.Immutable;

namespace OrleansCluster;

/// <summary>What has become of a launch, task by task in its order.</summary>
[GenerateSerializer, Immutable, Alias("ocs.FrameworkLaunched")]
public sealed record FrameworkLaunched([property: Id(0)] ImmutableArray<FrameworkOutcome> Tasks);

/// <summary>The answer for one task of a launch: claimed on a node, or a receipt that says why not.</summary>
/// <param name="Task">As the framework calls it.</param>
/// <param name="TaskId">As everybody else calls it.</param>
[GenerateSerializer, Immutable, Alias("ocs.FrameworkOutcome")]
public sealed record FrameworkOutcome([property: Id(0)] string Task, [property: Id(1)] string TaskId, [property: Id(2)] string? Node, [property: Id(3)] ClaimRejection? Rejection)
{
    public bool IsCommitted => Rejection is null;
}
