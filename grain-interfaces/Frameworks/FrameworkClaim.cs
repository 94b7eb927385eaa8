using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace OrleansCluster;

/// <summary>What a framework wants to have of one node.</summary>
[GenerateSerializer, Immutable, Alias("ocs.FrameworkClaim")]
public sealed record FrameworkClaim
{
    [Id(0)] public required string Node { get; init; }
    [Id(1)] public required Resources Resources { get; init; }

    /// <summary>GPU and named amounts.</summary>
    [Id(2)] public ExtraDemand? Extras { get; init; }

    /// <summary>Ports of the node, for tasks that publish them.</summary>
    [Id(3)] public ImmutableArray<HostPort> Ports { get; init; } = [];

    /// <summary>The node's ETag that the decision rests on; looked at with coarse conflict detection only. In JSON a text.</summary>
    [Id(4), JsonNumberHandling(JsonNumberHandling.WriteAsString | JsonNumberHandling.AllowReadingFromString)] public long NodeETag { get; init; }
}
