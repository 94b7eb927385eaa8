namespace OrleansCluster;

/// <summary>A framework as the API shows it.</summary>
[GenerateSerializer, Immutable, Alias("ocs.FrameworkView")]
public sealed record FrameworkView
{
    [Id(0)] public required FrameworkSpec Spec { get; init; }
    [Id(1)] public required FrameworkStatus Status { get; init; }
    [Id(2)] public required DateTimeOffset RegisteredAt { get; init; }

    /// <summary>Since when nobody listens for it; <see langword="null"/> while somebody does.</summary>
    [Id(3)] public DateTimeOffset? DisconnectedAt { get; init; }

    /// <summary>Tasks that have not stopped.</summary>
    [Id(4)] public int Tasks { get; init; }

    /// <summary>Updates of tasks that it has not acknowledged.</summary>
    [Id(5)] public int Unacknowledged { get; init; }

    /// <summary>Offers that it has not answered.</summary>
    [Id(6)] public int Offers { get; init; }

    /// <summary>Whether it wants offers now.</summary>
    [Id(7)] public bool WantsOffers { get; init; }
}
