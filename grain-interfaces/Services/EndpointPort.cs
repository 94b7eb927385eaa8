namespace OrleansCluster;

/// <summary>A port of a service's task: the container's, and the node's at which it is reached.</summary>
[GenerateSerializer, Immutable, Alias("ocs.EndpointPort")]
public readonly record struct EndpointPort([property: Id(0)] int Container, [property: Id(1)] int Host, [property: Id(2)] PortProtocol Protocol);
