using System.Text.Json.Serialization;

namespace OrleansCluster;

/// <summary>ECS's task states, in the order of a task's life. An attempt only ever moves forward.</summary>
[GenerateSerializer, Alias("ocs.TaskState"), JsonConverter(typeof(UpperSnakeCaseEnumConverter<TaskState>))]
public enum TaskState
{
    /// <summary>Waits for a node.</summary>
    Provisioning,

    /// <summary>Has a claim; its agent has not begun.</summary>
    Pending,

    /// <summary>The agent creates and starts containers.</summary>
    Activating,

    /// <summary>Its containers run.</summary>
    Running,

    /// <summary>Is taken out of service before it stops.</summary>
    Deactivating,

    /// <summary>Containers are being stopped.</summary>
    Stopping,

    /// <summary>Containers have ended; what they held is given back.</summary>
    Deprovisioning,

    /// <summary>The end of the attempt.</summary>
    Stopped,
}
