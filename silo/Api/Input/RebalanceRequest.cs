namespace OrleansCluster.Silo.Api.Input;

internal sealed record RebalanceRequest
{
    /// <summary>Only shows the moves that would be made.</summary>
    public bool DryRun { get; init; }
}
