using System.Text.Json.Serialization;

namespace OrleansCluster;

/// <summary>Why a task attempt stopped.</summary>
[GenerateSerializer, Alias("ocs.StopCode"), JsonConverter(typeof(PascalCaseEnumConverter<StopCode>))]
public enum StopCode
{
    EssentialContainerExited,
    UserInitiated,

    /// <summary>A container could not be created or started; the reason tells what was in the way.</summary>
    TaskFailedToStart,

    /// <summary>The node's lease ran out. Not the task's fault.</summary>
    NodeLost,

    /// <summary>The agent found no trace of containers that it had started, or lost its lease and stopped them. Not the task's fault.</summary>
    AgentStopped,

    /// <summary>A time limit of the task's or its job's ran out.</summary>
    TimedOut,

    /// <summary>Work of a higher priority took its place. Not the task's fault.</summary>
    Preempted,

    /// <summary>Its node is being drained. Not the task's fault.</summary>
    NodeDraining,

    /// <summary>Another instance of its gang has ended. Not the task's fault.</summary>
    GangEnded,

    /// <summary>Its service has no more use for it: it was scaled in, or another revision took its place.</summary>
    ServiceSchedulerInitiated,

    /// <summary>A service's task whose health check failed.</summary>
    HealthCheckFailed,
}
