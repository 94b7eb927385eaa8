using System.Globalization;
using System.Text.Json.Nodes;

namespace OrleansCluster.Silo.Api.Mesos;

/// <summary>What has become of a task, as Mesos's <c>TaskStatus</c> says it: by its state and stop code, and by what the framework has said that it understands.</summary>
internal static class StatusTranslation
{
    private const string FromMaster = "SOURCE_MASTER";
    private const string FromAgent = "SOURCE_AGENT";
    private const string FromExecutor = "SOURCE_EXECUTOR";

    public static JsonObject Translate(FrameworkUpdate update, FrameworkInfo framework, string? address)
    {
        var view = update.View;
        var (state, source, reason, message) = Words(update, framework);
        if (!update.WantsAcknowledgement && update.Rejected is null)
            (source, reason, message) = (FromMaster, "REASON_RECONCILIATION", view is null ? "Reconciliation: Task is unknown" : "Reconciliation: Latest task state");
        var status = new JsonObject
        {
            ["task_id"] = MesosEvents.IdOf(update.Task),
            ["state"] = state,
            ["message"] = message,
            ["source"] = source,
            ["timestamp"] = update.At.ToUnixTimeMilliseconds() / 1000.0,
        };
        if (reason is not null)
            status["reason"] = reason;
        if ((view?.Node ?? update.Rejected?.Node) is { Length: > 0 } node)
            status["agent_id"] = MesosEvents.IdOf(node);

        // Mesos's own executor of commands goes by the task's id.
        if (view?.Node is not null)
            status["executor_id"] = MesosEvents.IdOf(update.Task);

        if (view?.Health is HealthStatus.Healthy or HealthStatus.Unhealthy)
            status["healthy"] = view.Health == HealthStatus.Healthy;
        if (ContainerOf(view, address) is { } container)
            status["container_status"] = container;
        if (update.WantsAcknowledgement)
            status["uuid"] = MesosUuid.Of(update.Task, update.State);
        return status;
    }

    private static (string State, string Source, string? Reason, string Message) Words(FrameworkUpdate update, FrameworkInfo framework)
    {
        if (update.Rejected is { } rejected)
            return ("TASK_ERROR", FromMaster, "REASON_TASK_INVALID", rejected.Reason);
        if (update.View is not { } view)
            return (framework.IsPartitionAware ? "TASK_UNKNOWN" : "TASK_LOST", FromMaster, "REASON_RECONCILIATION", "Task is unknown");
        return update.State switch
        {
            TaskState.Provisioning or TaskState.Pending => ("TASK_STAGING", FromMaster, null, "It waits for its agent."),
            TaskState.Activating => ("TASK_STARTING", FromExecutor, null, "Its container is being created and started."),
            TaskState.Running => ("TASK_RUNNING", FromExecutor, null, "It runs."),
            TaskState.Stopped => Ended(view, framework),
            _ => (framework.HasKillingState ? "TASK_KILLING" : "TASK_RUNNING", FromExecutor, null, view.Reason ?? "It is being stopped."),
        };
    }

    private static (string State, string Source, string? Reason, string Message) Ended(TaskView view, FrameworkInfo framework)
    {
        var gone = framework.IsPartitionAware ? "TASK_GONE" : "TASK_LOST";
        var message = MessageOf(view);
        return view.StopCode switch
        {
            StopCode.EssentialContainerExited when view.Succeeded => ("TASK_FINISHED", FromExecutor, null, message),
            StopCode.EssentialContainerExited when IsOutOfMemory(view) => ("TASK_FAILED", FromAgent, "REASON_CONTAINER_LIMITATION_MEMORY", message),
            StopCode.EssentialContainerExited => ("TASK_FAILED", FromExecutor, "REASON_COMMAND_EXECUTOR_FAILED", message),
            StopCode.UserInitiated or StopCode.GangEnded or StopCode.ServiceSchedulerInitiated => ("TASK_KILLED", FromExecutor, null, message),
            StopCode.TaskFailedToStart when view.PlacedAt is null => (framework.IsPartitionAware ? "TASK_DROPPED" : "TASK_LOST", FromMaster, "REASON_INVALID_OFFERS", message),
            StopCode.TaskFailedToStart => ("TASK_FAILED", FromAgent, "REASON_CONTAINER_LAUNCH_FAILED", message),
            StopCode.TimedOut => ("TASK_FAILED", FromExecutor, "REASON_MAX_COMPLETION_TIME_REACHED", message),
            StopCode.NodeDraining => ("TASK_KILLED", FromAgent, "REASON_AGENT_DRAINING", message),
            StopCode.Preempted => (gone, FromAgent, "REASON_CONTAINER_PREEMPTED", message),
            StopCode.AgentStopped => (gone, FromAgent, "REASON_AGENT_RESTARTED", message),

            // Not TASK_UNREACHABLE, which says that it may come back: an agent that is cut off stops its tasks before its node counts as lost.
            StopCode.NodeLost => (gone, FromMaster, "REASON_AGENT_REMOVED", message),
            _ => ("TASK_FAILED", FromExecutor, null, message),
        };
    }

    private static bool IsOutOfMemory(TaskView view) => view.Containers.Any(container => container.Reason?.StartsWith("OutOfMemoryError", StringComparison.Ordinal) == true);

    private static string MessageOf(TaskView view)
    {
        if (view.Containers is [{ ExitCode: { } code } container] && view.StopCode == StopCode.EssentialContainerExited)
            return string.Create(CultureInfo.InvariantCulture, $"Command exited with status {code}{(container.Reason is { } why ? $": {why}" : "")}");
        return view.Reason ?? view.Containers.Select(container => container.Reason).FirstOrDefault(reason => reason is not null) ?? $"{view.StopCode}";
    }

    /// <summary>Where it is reached: at its node's address, its container's own being the node's affair.</summary>
    private static JsonObject? ContainerOf(TaskView? view, string? address)
    {
        if (view?.Containers is not [{ RuntimeId: { } id } container])
            return null;
        var status = new JsonObject { ["container_id"] = MesosEvents.IdOf(id) };
        var published = container.Ports.Select(port => port.Address).FirstOrDefault(one => one != "") ?? address;
        if (!string.IsNullOrEmpty(published))
        {
            status["network_infos"] = new JsonArray(new JsonObject
            {
                ["ip_addresses"] = new JsonArray(new JsonObject { ["protocol"] = published.Contains(':') ? "IPv6" : "IPv4", ["ip_address"] = published }),
            });
        }

        return status;
    }
}
