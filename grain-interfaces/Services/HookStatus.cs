using System.Text.Json.Serialization;

namespace OrleansCluster;

[GenerateSerializer, Alias("ocs.HookStatus"), JsonConverter(typeof(UpperSnakeCaseEnumConverter<HookStatus>))]
public enum HookStatus
{
    /// <summary>The deployment waits for it.</summary>
    Pending,
    Succeeded,
    Failed,

    /// <summary>Its deployment has ended before it did.</summary>
    Stopped,
}
