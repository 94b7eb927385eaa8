using System.Collections.Immutable;

namespace OrleansCluster;

/// <summary>Where a service is reached now.</summary>
[GenerateSerializer, Immutable, Alias("ocs.ServiceEndpoints")]
public sealed record ServiceEndpoints
{
    /// <summary>Differs whenever the list has changed; below 2^53.</summary>
    [Id(0)] public required long Version { get; init; }

    /// <summary>In the order of the tasks' slots. Tasks that publish no port are in no list.</summary>
    [Id(1)] public required ImmutableArray<ServiceEndpoint> Endpoints { get; init; }
}
