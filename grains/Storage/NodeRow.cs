using System.Collections.Immutable;

namespace OrleansCluster.Grains.Storage;

public sealed record NodeRow
{
    public required string Node { get; init; }
    public required long ETag { get; init; }
    public required NodeStatus Status { get; init; }
    public required Resources Capacity { get; init; }

    /// <summary>The sum of the node's claims, stored beside them so that the database can be checked by itself.</summary>
    public required Resources Claimed { get; init; }
    public required ImmutableSortedDictionary<string, string> Attributes { get; init; }
    public required string Runtime { get; init; }

    /// <summary>The default where it is not known.</summary>
    public DateTimeOffset RegisteredAt { get; init; }
    public string AgentVersion { get; init; } = "";

    /// <summary>GPUs and named amounts.</summary>
    public ExtraCapacity? ExtraCapacity { get; init; }

    /// <summary>The sum of the node's claims, as <see cref="Claimed"/>.</summary>
    public ExtraClaim? ExtraClaimed { get; init; }
}
