namespace OrleansCluster;

/// <summary>A container port published on the node.</summary>
[GenerateSerializer, Immutable, Alias("ocs.PortMapping")]
public sealed record PortMapping
{
    [Id(0)] public required int Container { get; init; }

    /// <summary>
    /// The node's port, claimed with the task's other resources, so that one such task fits a node; left out, or 0, for one that the container runtime chooses and the task's
    /// containers then show: as many such tasks fit a node as there is room for. With network HOST it is the container's.
    /// </summary>
    [Id(1)] public int Host { get; init; }
    [Id(2)] public PortProtocol Protocol { get; init; }

    /// <summary>The container runtime chooses the node's port.</summary>
    public bool IsDynamic() => Host == 0;
}
