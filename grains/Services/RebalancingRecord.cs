namespace OrleansCluster.Grains.Services;

/// <summary>What is stored of a service's rebalancing, beside the moves that are under way: those are instances.</summary>
internal sealed record RebalancingRecord
{
    /// <summary>Somebody has asked for it by hand, and it is not done.</summary>
    public bool IsAsked { get; init; }

    /// <summary>That moves would help has been told.</summary>
    public bool IsSuggested { get; init; }

    /// <summary>Moves that were given up, one after the other.</summary>
    public int GivenUp { get; init; }

    /// <summary>None is begun before.</summary>
    public DateTimeOffset? NotBefore { get; init; }
}
