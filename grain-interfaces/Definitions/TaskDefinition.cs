using System.Collections.Immutable;

namespace OrleansCluster;

/// <summary>A registered revision; it never changes.</summary>
[GenerateSerializer, Immutable, Alias("ocs.TaskDefinition")]
public sealed record TaskDefinition
{
    [Id(0)] public required string Family { get; init; }

    /// <summary>1, 2, 3 … within the family.</summary>
    [Id(1)] public required int Revision { get; init; }
    [Id(2)] public required DateTimeOffset RegisteredAt { get; init; }
    [Id(3)] public required ImmutableArray<ContainerSpec> Containers { get; init; }
    [Id(4)] public ImmutableArray<VolumeSpec> Volumes { get; init; } = [];
    [Id(5)] public NetworkMode Network { get; init; }

    /// <summary>What of it the next attempt goes on from; by default each attempt begins anew.</summary>
    [Id(20)] public CheckpointSpec? Checkpoint { get; init; }

    /// <summary>Whether its containers are stopped or run on while their node is cut off.</summary>
    [Id(21)] public DisconnectPolicy OnDisconnect { get; init; }

    /// <summary><c>family:revision</c>.</summary>
    public string Name => $"{Family}:{Revision}";
}
