namespace OrleansCluster.Grains.Services.Autoscaling;

/// <summary>All that the autoscaler goes by.</summary>
internal sealed record ScalingSight
{
    public required AutoscalingSpec Spec { get; init; }
    public required ScalingBounds Bounds { get; init; }
    public required int Desired { get; init; }

    /// <summary>Tasks that run, and are to stay.</summary>
    public required int Running { get; init; }
    public required IReadOnlyDictionary<string, MetricReading> Metrics { get; init; }
    public ScalingRecord Last { get; init; } = new();
    public bool IsDeploying { get; init; }

    /// <summary>So many tasks in all does the team's maximum leave to the service; <see langword="null"/> where it has none.</summary>
    public int? MostOfTeam { get; init; }
    public required DateTimeOffset Now { get; init; }
}
