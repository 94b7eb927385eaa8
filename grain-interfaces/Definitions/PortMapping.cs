namespace OrleansCluster;

/// <summary>A container port published on the node; the host port is claimed with the task's other resources.</summary>
[GenerateSerializer, Immutable, Alias("ocs.PortMapping")]
public sealed record PortMapping
{
    [Id(0)] public required int Container { get; init; }
    [Id(1)] public required int Host { get; init; }
    [Id(2)] public PortProtocol Protocol { get; init; }
}
