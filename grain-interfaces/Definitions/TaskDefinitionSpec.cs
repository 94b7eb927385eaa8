using System.Collections.Immutable;

namespace OrleansCluster;

/// <summary>What to run: one or more containers that share a node and a fate.</summary>
[GenerateSerializer, Immutable, Alias("ocs.TaskDefinitionSpec")]
public sealed record TaskDefinitionSpec
{
    /// <summary>Groups revisions: lower-case letters, digits and hyphens, 1 to 128 characters.</summary>
    [Id(0)] public required string Family { get; init; }
    [Id(1)] public required ImmutableArray<ContainerSpec> Containers { get; init; }
    [Id(2)] public ImmutableArray<VolumeSpec> Volumes { get; init; } = [];
    [Id(3)] public NetworkMode Network { get; init; }

    /// <summary>What of it the next attempt goes on from; by default each attempt begins anew.</summary>
    [Id(20)] public CheckpointSpec? Checkpoint { get; init; }

    /// <summary>
    /// Whether its containers are stopped or run on while their node is cut off. What is kept may run twice: once the node is declared lost the next attempt begins
    /// elsewhere, and the workload's own guard is <c>OCS_EPOCH</c>, which is greater there.
    /// </summary>
    [Id(21)] public DisconnectPolicy OnDisconnect { get; init; }
}
