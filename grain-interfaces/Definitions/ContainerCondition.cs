using System.Text.Json.Serialization;

namespace OrleansCluster;

/// <summary>What has to be true of another container, as in ECS.</summary>
[GenerateSerializer, Alias("ocs.ContainerCondition"), JsonConverter(typeof(UpperSnakeCaseEnumConverter<ContainerCondition>))]
public enum ContainerCondition
{
    /// <summary>It has started.</summary>
    Start,

    /// <summary>It has ended, however.</summary>
    Complete,

    /// <summary>It has ended with exit code 0.</summary>
    Success,

    /// <summary>Its health check has found it HEALTHY.</summary>
    Healthy,
}
