using System.Text.Json.Serialization;

namespace OrleansCluster;

/// <summary>Which failures of a deployment count against it.</summary>
[GenerateSerializer, Alias("ocs.FailureCounting"), JsonConverter(typeof(UpperSnakeCaseEnumConverter<FailureCounting>))]
public enum FailureCounting
{
    /// <summary>All of them.</summary>
    Cumulative,

    /// <summary>Those since a task of it was last found healthy.</summary>
    Consecutive,
}
