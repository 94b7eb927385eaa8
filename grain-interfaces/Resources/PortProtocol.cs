using System.Text.Json.Serialization;

namespace OrleansCluster;

[GenerateSerializer, Alias("ocs.PortProtocol"), JsonConverter(typeof(UpperSnakeCaseEnumConverter<PortProtocol>))]
public enum PortProtocol
{
    Tcp,
    Udp,
}
