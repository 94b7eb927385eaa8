using System.Text.Json.Serialization;

namespace OrleansCluster;

[GenerateSerializer, Alias("ocs.DeploymentStatus"), JsonConverter(typeof(UpperSnakeCaseEnumConverter<DeploymentStatus>))]
public enum DeploymentStatus
{
    InProgress,

    /// <summary>All tasks are of its revision, and healthy.</summary>
    Completed,

    /// <summary>Too many of its tasks have failed; nothing more is started for it.</summary>
    Failed,

    /// <summary>Another deployment began before it was complete.</summary>
    Superseded,

    /// <summary>Somebody has stopped it.</summary>
    Stopped,
}
