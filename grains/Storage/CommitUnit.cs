using System.Collections.Immutable;

namespace OrleansCluster.Grains.Storage;

/// <summary>Writes that belong together: all of them happen, or none.</summary>
public sealed record CommitUnit
{
    public required string Cluster { get; init; }
    public ImmutableArray<NodeWrite> Nodes { get; init; } = [];

    /// <summary>A claim id that exists already makes the unit a conflict.</summary>
    public ImmutableArray<ClaimRow> ClaimsAdded { get; init; } = [];

    /// <summary>Claim ids; one that does not exist makes the unit a conflict.</summary>
    public ImmutableArray<string> ClaimsRemoved { get; init; } = [];
    public ImmutableArray<StateWrite> States { get; init; } = [];
    public ImmutableArray<EventDraft> Events { get; init; } = [];

    /// <summary>What the unit rests on; a state that is at another ETag makes it a conflict.</summary>
    public ImmutableArray<StateCheck> Checks { get; init; } = [];
}
