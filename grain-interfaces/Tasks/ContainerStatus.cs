using System.Text.Json.Serialization;

namespace OrleansCluster;

[GenerateSerializer, Alias("ocs.ContainerStatus"), JsonConverter(typeof(UpperSnakeCaseEnumConverter<ContainerStatus>))]
public enum ContainerStatus
{
    Pending,
    Created,
    Running,
    Stopped,
}
