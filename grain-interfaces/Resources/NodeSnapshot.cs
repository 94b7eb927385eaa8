using System.Collections.Immutable;

namespace OrleansCluster;

/// <summary>What a scheduler sees of one node at one version. Only durable claims are counted.</summary>
[GenerateSerializer, Immutable, Alias("ocs.NodeSnapshot")]
public sealed record NodeSnapshot
{
    [Id(0)] public required string Name { get; init; }
    [Id(1)] public required long ETag { get; init; }
    [Id(2)] public required NodeStatus Status { get; init; }
    [Id(3)] public required Resources Capacity { get; init; }
    [Id(4)] public required Resources Claimed { get; init; }
    [Id(5)] public ImmutableArray<HostPort> ClaimedPorts { get; init; } = [];
    [Id(6)] public int ClaimCount { get; init; }
    [Id(7)] public ImmutableSortedDictionary<string, string> Attributes { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    [Id(8)] public string Runtime { get; init; } = "";

    public Resources Free => Capacity - Claimed;
}
