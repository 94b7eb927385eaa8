using System.Collections.Immutable;

namespace OrleansCluster;

/// <summary>Resources of one node that are one framework's alone until it answers or the offer expires. They are claimed as those of a task are.</summary>
[GenerateSerializer, Immutable, Alias("ocs.Offer")]
public sealed record Offer
{
    [Id(0)] public required string Id { get; init; }
    [Id(1)] public required string Node { get; init; }
    [Id(2)] public required Resources Resources { get; init; }

    /// <summary>Whole GPU devices and named amounts.</summary>
    [Id(3)] public ExtraDemand? Extras { get; init; }

    /// <summary>The node's ports that are taken. The others are not held, so a claim of one may fail.</summary>
    [Id(4)] public ImmutableArray<HostPort> TakenPorts { get; init; } = [];
    [Id(5)] public ImmutableSortedDictionary<string, string> Attributes { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Where others reach the node; empty where that is not known.</summary>
    [Id(6)] public string Address { get; init; } = "";
    [Id(7)] public required DateTimeOffset ExpiresAt { get; init; }
}
