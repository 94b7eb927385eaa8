namespace OrleansCluster;

/// <summary>A container is well if it takes a connection.</summary>
[GenerateSerializer, Immutable, Alias("ocs.TcpCheckSpec")]
public sealed record TcpCheckSpec
{
    /// <summary>The container's own port; it need not be published.</summary>
    [Id(0)] public required int Port { get; init; }
}
