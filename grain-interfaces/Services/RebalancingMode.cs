using System.Text.Json.Serialization;

namespace OrleansCluster;

/// <summary>What a service does where its tasks are spread unevenly and might be spread better.</summary>
[GenerateSerializer, Alias("ocs.RebalancingMode"), JsonConverter(typeof(UpperSnakeCaseEnumConverter<RebalancingMode>))]
public enum RebalancingMode
{
    /// <summary>Nothing.</summary>
    Off,

    /// <summary>It shows which moves would help.</summary>
    Suggest,

    /// <summary>It makes them.</summary>
    Automatic,
}
