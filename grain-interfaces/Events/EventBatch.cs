using System.Collections.Immutable;

namespace OrleansCluster;

/// <summary>Events in the order of their sequence numbers; none where the wait was over.</summary>
[GenerateSerializer, Immutable, Alias("ocs.EventBatch")]
public sealed record EventBatch
{
    [Id(0)] public required ImmutableArray<EventEntry> Events { get; init; }

    /// <summary>What to go on after; it may lie beyond the last of these, behind events of other jobs.</summary>
    [Id(1)] public required long Last { get; init; }
}
