using System.Text.Json.Serialization;

namespace OrleansCluster;

/// <summary>What the manager wants of a task; the observed state is the agent's.</summary>
[GenerateSerializer, Alias("ocs.DesiredStatus"), JsonConverter(typeof(UpperSnakeCaseEnumConverter<DesiredStatus>))]
public enum DesiredStatus
{
    Running,
    Stopped,
}
