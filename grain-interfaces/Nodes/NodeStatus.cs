using System.Text.Json.Serialization;

namespace OrleansCluster;

[GenerateSerializer, Alias("ocs.NodeStatus"), JsonConverter(typeof(UpperSnakeCaseEnumConverter<NodeStatus>))]
public enum NodeStatus
{
    /// <summary>Its agent renews its lease; it takes claims.</summary>
    Active,

    /// <summary>It runs what it has and takes no new claims.</summary>
    Draining,

    /// <summary>Its lease ran out; its tasks are placed elsewhere.</summary>
    Lost,
}
