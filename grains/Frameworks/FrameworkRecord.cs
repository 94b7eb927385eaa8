namespace OrleansCluster.Grains.Frameworks;

/// <summary>What is stored of a framework. Its tasks are stored as tasks; its offers as claims.</summary>
internal sealed record FrameworkRecord
{
    public required FrameworkSpec Spec { get; init; }

    /// <summary>Of its token, as hexadecimal SHA-256.</summary>
    public required string TokenHash { get; init; }
    public required DateTimeOffset RegisteredAt { get; init; }

    /// <summary>Since when nobody listens; <see langword="null"/> while somebody does.</summary>
    public DateTimeOffset? DisconnectedAt { get; init; }

    /// <summary>Of who listens for it, or did last; <see langword="null"/> before anybody has.</summary>
    public string? Stream { get; init; }

    /// <summary>Its tasks are being stopped, and then it is forgotten.</summary>
    public bool IsRemoved { get; init; }
}
