namespace OrleansCluster.Silo.Api.Input;

internal sealed record AcknowledgeTaskRequest
{
    /// <summary>As it was told: RUNNING or STOPPED.</summary>
    public required TaskState State { get; init; }
}
