using System.Text.Json.Serialization;

namespace OrleansCluster;

[GenerateSerializer, Alias("ocs.PlacementConstraintType"), JsonConverter(typeof(CamelCaseEnumConverter<PlacementConstraintType>))]
public enum PlacementConstraintType
{
    /// <summary>Only on nodes that an expression matches.</summary>
    MemberOf,

    /// <summary>Only on nodes where no task of its group is.</summary>
    DistinctInstance,
}
