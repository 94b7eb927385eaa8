using System.Text.Json.Serialization;

namespace OrleansCluster;

/// <summary>As in ECS.</summary>
[GenerateSerializer, Alias("ocs.HealthStatus"), JsonConverter(typeof(UpperSnakeCaseEnumConverter<HealthStatus>))]
public enum HealthStatus
{
    /// <summary>It is being found out: no check has succeeded, and not enough have failed.</summary>
    Unknown,

    /// <summary>A check has succeeded, and since then not enough have failed in a row.</summary>
    Healthy,

    /// <summary>As many checks as its retries say have failed in a row.</summary>
    Unhealthy,
}
