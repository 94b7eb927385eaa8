namespace OrleansCluster;

/// <summary>A team and what it uses.</summary>
[GenerateSerializer, Immutable, Alias("ocs.TeamView")]
public sealed record TeamView
{
    [Id(0)] public required string Name { get; init; }

    /// <summary>False for a team that has claims or waiting tasks and that nobody has declared.</summary>
    [Id(1)] public required bool IsDeclared { get; init; }

    [Id(2)] public string? Parent { get; init; }
    [Id(3)] public ResourceLimits? Minimum { get; init; }
    [Id(4)] public ResourceLimits? Maximum { get; init; }
    [Id(5)] public int Weight { get; init; } = 1;

    /// <summary>What its claims sum to, its children's among them.</summary>
    [Id(6)] public required ResourceTotals Used { get; init; }

    /// <summary>How many claims these are.</summary>
    [Id(7)] public int Claims { get; init; }

    /// <summary>The largest of its shares of the cluster's resources, 0 to 1.</summary>
    [Id(8)] public double DominantShare { get; init; }

    /// <summary>Which one that is: <c>cpu</c>, <c>memory</c>, <c>disk</c> or <c>gpu</c>; empty where it uses nothing.</summary>
    [Id(9)] public string DominantResource { get; init; } = "";

    /// <summary>Attempts that wait for a node, its children's among them.</summary>
    [Id(10)] public int Queued { get; init; }

    /// <summary>Of the declaration; empty where there is none.</summary>
    [Id(11)] public string ETag { get; init; } = "";
}
