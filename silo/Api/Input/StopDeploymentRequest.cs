namespace OrleansCluster.Silo.Api.Input;

internal sealed record StopDeploymentRequest
{
    /// <summary>Goes back to the revision that was last completed; otherwise what runs is left as it is.</summary>
    public bool Rollback { get; init; } = true;
}
