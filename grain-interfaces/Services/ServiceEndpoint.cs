using System.Collections.Immutable;

namespace OrleansCluster;

/// <summary>A task of a service that may be sent requests: it runs, is healthy so far as is known, and is to stay.</summary>
[GenerateSerializer, Immutable, Alias("ocs.ServiceEndpoint")]
public sealed record ServiceEndpoint
{
    [Id(0)] public required string TaskId { get; init; }
    [Id(1)] public required string Node { get; init; }

    /// <summary>Where the node is reached: an IP address.</summary>
    [Id(2)] public required string Address { get; init; }

    /// <summary>At least one; in the order of the definition's containers and their ports.</summary>
    [Id(3)] public required ImmutableArray<EndpointPort> Ports { get; init; }

    /// <summary>Of the service.</summary>
    [Id(4)] public required int Revision { get; init; }
}
