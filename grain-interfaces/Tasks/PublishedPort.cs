namespace OrleansCluster;

/// <summary>A port at which others reach a container that runs (ECS: network binding).</summary>
[GenerateSerializer, Immutable, Alias("ocs.PublishedPort")]
public sealed record PublishedPort
{
    [Id(0)] public required int Container { get; init; }

    /// <summary>The node's port.</summary>
    [Id(1)] public required int Host { get; init; }
    [Id(2)] public PortProtocol Protocol { get; init; }

    /// <summary>Where others reach the node: an IP address; empty where its agent was not told.</summary>
    [Id(3)] public string Address { get; init; } = "";
}
