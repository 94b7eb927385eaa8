namespace OrleansCluster.Grains.Services.Autoscaling;

/// <summary>What is stored of a service's scaling: cool-downs hold whatever crashes.</summary>
internal sealed record ScalingRecord
{
    /// <summary>When the desired count last grew, and last shrank, by whatever cause.</summary>
    public DateTimeOffset? LastOut { get; init; }
    public DateTimeOffset? LastIn { get; init; }
    public string? Reason { get; init; }

    public DateTimeOffset? LastChange => LastOut > LastIn || LastIn is null ? LastOut : LastIn;
}
