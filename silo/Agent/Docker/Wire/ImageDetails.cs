namespace OrleansCluster.Silo.Agent.Docker.Wire;

internal sealed record ImageDetails
{
    public required string Id { get; init; }
    public string[]? RepoTags { get; init; }

    /// <summary>Bytes.</summary>
    public long Size { get; init; }
}
