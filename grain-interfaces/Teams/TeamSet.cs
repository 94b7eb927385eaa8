using System.Collections.Immutable;

namespace OrleansCluster;

/// <summary>Teams that are declared together: each is added, or replaces the one of its name. Others stay as they are.</summary>
[GenerateSerializer, Immutable, Alias("ocs.TeamSet")]
public sealed record TeamSet
{
    /// <summary>1 to 1000.</summary>
    [Id(0)] public required ImmutableArray<TeamSpec> Teams { get; init; }
}
