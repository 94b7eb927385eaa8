namespace OrleansCluster;

/// <summary>This container waits for another one of its task.</summary>
[GenerateSerializer, Immutable, Alias("ocs.ContainerDependency")]
public sealed record ContainerDependency
{
    [Id(0)] public required string Container { get; init; }
    [Id(1)] public required ContainerCondition Condition { get; init; }
}
