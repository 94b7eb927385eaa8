namespace OrleansCluster;

/// <summary>A port of a node, claimed by at most one task at a time.</summary>
[GenerateSerializer, Immutable, Alias("ocs.HostPort")]
public readonly record struct HostPort([property: Id(0)] int Port, [property: Id(1)] PortProtocol Protocol);
