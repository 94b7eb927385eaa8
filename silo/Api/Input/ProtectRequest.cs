namespace OrleansCluster.Silo.Api.Input;

internal sealed record ProtectRequest
{
    /// <summary>The id of one of the service's tasks.</summary>
    public required string Task { get; init; }

    /// <summary>For how long scale in leaves it alone, 0 to 172,800; 0 ends that.</summary>
    public required int Seconds { get; init; }
}
