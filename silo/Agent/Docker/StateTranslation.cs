namespace OrleansCluster.Silo.Agent.Docker;

/// <summary>From Docker's words for a container's state to the cluster's.</summary>
internal static class StateTranslation
{
    public static ContainerInfo? Translate(Wire.ContainerDetails details)
    {
        if (DockerLabels.Read(details.Config.Labels) is not { } labels) return null;
        var state = details.State;
        var status = StatusOf(state);
        var stopped = status == ContainerStatus.Stopped;
        return new ContainerInfo
        {
            Id = details.Id,
            Labels = labels,
            Status = status,
            ExitCode = stopped ? state.ExitCode : null,
            // The flag is also set when a child was killed and the container lived on to a good end.
            OutOfMemory = stopped && state is { OutOfMemory: true, ExitCode: not 0 },
            Error = state.Error ?? "",
            Health = status == ContainerStatus.Running ? HealthTranslation.Translate(state.Health) : null,
            StartedAt = OrNull(state.StartedAt),
            EndedAt = stopped ? OrNull(state.FinishedAt) : null,
            Ports = status == ContainerStatus.Running ? PortTranslation.Translate(details.NetworkSettings) : [],
        };
    }

    private static ContainerStatus StatusOf(Wire.RunState state) => state.Status switch
    {
        // A start that failed leaves the status as it was, and the reason beside it.
        "created" => state.ExitCode == 0 && string.IsNullOrEmpty(state.Error) ? ContainerStatus.Created : ContainerStatus.Stopped,
        "running" or "paused" or "restarting" => ContainerStatus.Running,
        _ => ContainerStatus.Stopped,
    };

    private static DateTimeOffset? OrNull(DateTimeOffset time) => time.Year > 1 ? time : null;
}
