namespace OrleansCluster.Silo.Api.Input;

internal sealed record ApproveRequest
{
    /// <summary>The hook that is meant; all that wait for an approval where it is left out.</summary>
    public string? Hook { get; init; }

    /// <summary>The number of the deployment that is meant; the newest where it is left out.</summary>
    public int? Deployment { get; init; }

    /// <summary>It may not go on: the deployment has failed.</summary>
    public bool Reject { get; init; }
}
