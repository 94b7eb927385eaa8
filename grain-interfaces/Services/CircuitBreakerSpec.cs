namespace OrleansCluster;

/// <summary>When a deployment has failed: as in ECS at half the desired count of failures, 3 at the least and 200 at the most, unless a number or a percentage says otherwise.</summary>
[GenerateSerializer, Immutable, Alias("ocs.CircuitBreakerSpec")]
public sealed record CircuitBreakerSpec
{
    [Id(0)] public bool Enable { get; init; } = true;

    /// <summary>A deployment that has failed is followed by one of the revision that was last completed.</summary>
    [Id(1)] public bool Rollback { get; init; } = true;

    /// <summary>Failures, 1 to 10,000; not together with <see cref="Percent"/>.</summary>
    [Id(2)] public int? Count { get; init; }

    /// <summary>Failures in percent of the desired count, rounded up, 1 to 1,000; one failure at the least.</summary>
    [Id(3)] public int? Percent { get; init; }
    [Id(4)] public FailureCounting Counting { get; init; } = FailureCounting.Cumulative;
}
