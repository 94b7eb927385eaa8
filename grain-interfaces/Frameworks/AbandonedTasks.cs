using System.Text.Json.Serialization;

namespace OrleansCluster;

/// <summary>What becomes of a framework's tasks when it has been away for longer than it may be.</summary>
[GenerateSerializer, Alias("ocs.AbandonedTasks"), JsonConverter(typeof(UpperSnakeCaseEnumConverter<AbandonedTasks>))]
public enum AbandonedTasks
{
    /// <summary>They are stopped, and the framework is removed.</summary>
    Kill,

    /// <summary>They run on, and the framework may come back for them at any time.</summary>
    Keep,
}
