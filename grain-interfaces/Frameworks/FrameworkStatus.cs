using System.Text.Json.Serialization;

namespace OrleansCluster;

[GenerateSerializer, Alias("ocs.FrameworkStatus"), JsonConverter(typeof(UpperSnakeCaseEnumConverter<FrameworkStatus>))]
public enum FrameworkStatus
{
    Connected,
    Disconnected,

    /// <summary>It is being removed; its tasks have not all stopped.</summary>
    Removing,
}
