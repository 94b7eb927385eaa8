using System.Text.Json.Serialization;

namespace OrleansCluster;

/// <summary>What becomes of a start while jobs of earlier ones have not ended.</summary>
[GenerateSerializer, Alias("ocs.OverlapPolicy"), JsonConverter(typeof(UpperSnakeCaseEnumConverter<OverlapPolicy>))]
public enum OverlapPolicy
{
    /// <summary>It is left out.</summary>
    Skip,

    /// <summary>It starts beside them, up to 100 at the same time.</summary>
    Allow,

    /// <summary>They are stopped, and it starts when they have ended.</summary>
    Replace,

    /// <summary>It starts when they have ended, however; up to 20 wait and run.</summary>
    Queue,
}
