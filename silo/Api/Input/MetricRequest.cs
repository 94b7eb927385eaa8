namespace OrleansCluster.Silo.Api.Input;

internal sealed record MetricRequest
{
    /// <summary>A gauge: what it is now.</summary>
    public required double Value { get; init; }
}
