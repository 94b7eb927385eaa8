using System.Text.Json.Serialization;

namespace OrleansCluster;

[GenerateSerializer, Alias("ocs.ServiceStatus"), JsonConverter(typeof(UpperSnakeCaseEnumConverter<ServiceStatus>))]
public enum ServiceStatus
{
    Active,

    /// <summary>It was deleted, and its tasks stop.</summary>
    Draining,
}
