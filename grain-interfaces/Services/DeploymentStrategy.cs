using System.Text.Json.Serialization;

namespace OrleansCluster;

/// <summary>How the tasks of a new revision take the place of those before.</summary>
[GenerateSerializer, Alias("ocs.DeploymentStrategy"), JsonConverter(typeof(UpperSnakeCaseEnumConverter<DeploymentStrategy>))]
public enum DeploymentStrategy
{
    /// <summary>Some at a time, within the healthy and the maximum percent.</summary>
    Rolling,

    /// <summary>A few first; the others follow when those have stayed healthy for the bake time.</summary>
    Canary,

    /// <summary>All beside the old ones; requests go to the new ones when all are healthy, and the old ones stop after the bake time.</summary>
    BlueGreen,
}
