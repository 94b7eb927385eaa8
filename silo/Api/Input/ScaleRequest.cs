namespace OrleansCluster.Silo.Api.Input;

internal sealed record ScaleRequest
{
    /// <summary>Tasks, 0 to 10,000.</summary>
    public required int DesiredCount { get; init; }
}
