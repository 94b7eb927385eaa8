using System.Text.Json.Serialization;

namespace OrleansCluster;

/// <summary>What a scheduler knows of a team at one version. Only durable claims are counted.</summary>
[GenerateSerializer, Immutable, Alias("ocs.TeamSnapshot")]
public sealed record TeamSnapshot
{
    [Id(0)] public required string Name { get; init; }

    /// <summary><see langword="null"/> for a team that nobody has declared.</summary>
    [Id(1)] public TeamSpec? Spec { get; init; }

    /// <summary>The sum of its own claims, without its children's.</summary>
    [Id(2)] public required ResourceTotals Used { get; init; }

    [Id(3)] public int Claims { get; init; }

    /// <summary>Grows with every change of the team's row; 0 for a team that nobody has declared. In JSON a text.</summary>
    [Id(4), JsonNumberHandling(JsonNumberHandling.WriteAsString | JsonNumberHandling.AllowReadingFromString)] public long ETag { get; init; }
}
