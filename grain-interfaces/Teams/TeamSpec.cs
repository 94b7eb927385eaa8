namespace OrleansCluster;

/// <summary>
/// A team's share of the cluster. A job of a team that nobody has declared is taken all the same: its team has weight 1, no minimum and no maximum.
/// </summary>
[GenerateSerializer, Immutable, Alias("ocs.TeamSpec")]
public sealed record TeamSpec
{
    /// <summary>As jobs name it: lower-case letters, digits and hyphens, 1 to 63 characters.</summary>
    [Id(0)] public required string Name { get; init; }

    /// <summary>The team whose share it is a part of; that one has no parent itself. Its limits hold for the sum of its children and its own jobs.</summary>
    [Id(1)] public string? Parent { get; init; }

    /// <summary>What it gets whenever it has work for it; others may borrow what it leaves idle. None where it is left out.</summary>
    [Id(2)] public ResourceLimits? Minimum { get; init; }

    /// <summary>What its claims never exceed.</summary>
    [Id(3)] public ResourceLimits? Maximum { get; init; }

    /// <summary>1 to 1000: its part of what is beyond the minimums, compared with the other teams of its parent, or with all that have none.</summary>
    [Id(4)] public int Weight { get; init; } = 1;
}
