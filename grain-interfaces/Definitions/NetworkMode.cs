using System.Text.Json.Serialization;

namespace OrleansCluster;

[GenerateSerializer, Alias("ocs.NetworkMode"), JsonConverter(typeof(UpperSnakeCaseEnumConverter<NetworkMode>))]
public enum NetworkMode
{
    /// <summary>Each container has an address on the runtime's bridge; ports are published.</summary>
    Bridge,

    /// <summary>The node's own network.</summary>
    Host,

    /// <summary>Loopback only.</summary>
    None,
}
