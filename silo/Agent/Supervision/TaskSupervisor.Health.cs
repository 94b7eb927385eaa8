using OrleansCluster.Silo.Agent.Health;

namespace OrleansCluster.Silo.Agent.Supervision;

/// <summary>
/// What the containers' health checks say. Commands and the image's own checks are the container runtime's, and read whenever a container is looked at; the others are
/// made here, in a loop of their own.
/// </summary>
internal sealed partial class TaskSupervisor
{
    private const int LongestReason = 200;

    private HealthProbes? _probes;
    private Task _probing = Task.CompletedTask;

    /// <summary>The definition is known now. Containers that were found run already, and nobody has asked for their health.</summary>
    private void BeginHealth(TaskDefinition definition)
    {
        foreach (var spec in definition.Containers.Where(spec => spec.HealthCheck is not null))
        {
            if (_probes is null && HealthProbes.Covers(spec.HealthCheck))
            {
                _probes = new HealthProbes(_inbox, _context);
                _probing = _context.Loops.Run("health", Id, _probes.Step, _lifetime!.Token);
            }

            Set(_containers[spec.Name] with { Health = ContainerHealth.Unknown });
            _inbox.Changed(spec.Name);
        }
    }

    /// <summary>What is being stopped is not well for long, and that is nobody's concern.</summary>
    private void WatchHealth(ContainerView view)
    {
        if (_probes is null)
            return;
        if (_inbox.End is null && view is { Status: ContainerStatus.Running, Id: { } id, StartedAt: { } startedAt } && CheckOf(view.Name) is { } check && HealthProbes.Covers(check))
            _probes.Watch(view.Name, id, check, startedAt);
        else
            _probes.Forget(view.Name);
    }

    private void EndHealth()
    {
        if (_probes is null || _inbox.End is null)
            return;
        foreach (var name in _containers.Keys)
            _probes.Forget(name);
    }

    private void JudgeBy(ContainerInfo info)
    {
        if (CheckOf(info.Labels.Container) is { } check && !HealthProbes.Covers(check))
            Judge(info.Labels.Container, info.Health ?? new HealthFinding(HealthStatus.Unknown, check.Image ? "The image has no HEALTHCHECK" : null));
    }

    /// <summary>A listing may be older than what is known, so it only says that there is something to look at.</summary>
    private bool HasOtherHealth(ContainerInfo listed) =>
        listed is { Status: ContainerStatus.Running, Health.Status: not HealthStatus.Unknown }
        && CheckOf(listed.Labels.Container) is not null
        && _containers[listed.Labels.Container].Health?.Status != listed.Health.Status;

    private void Judge(string container, HealthFinding finding)
    {
        if (_inbox.End is not null || !_containers.TryGetValue(container, out var view) || view is not { Status: ContainerStatus.Running, Health: { } known })
            return;
        var reason = Shorten(finding.Reason);
        if (finding.Status == HealthStatus.Unknown)
        {
            // A runtime that was started anew finds out what has been known.
            if (known.Since is null && known.Reason != reason)
                Set(view with { Health = known with { Reason = reason } });
            return;
        }

        if (finding.Status == known.Status)
            return;

        // Later than the last change even where the clock was set back: the manager goes by it.
        var now = _context.Clock.GetUtcNow();
        var since = now > known.Since || known.Since is null ? now : known.Since.Value.AddTicks(1);
        Set(view with { Health = new ContainerHealth(finding.Status, since, finding.Status == HealthStatus.Unhealthy ? reason : null) });
        _context.Instruments.HealthChanged(finding.Status);
        LogHealth(_logger, Id, container, finding.Status, reason);
    }

    private HealthCheckSpec? CheckOf(string container)
    {
        foreach (var spec in _definition?.Containers ?? [])
        {
            if (spec.Name == container)
                return spec.HealthCheck;
        }

        return null;
    }

    /// <summary>It may be whatever a program in the container has printed.</summary>
    private static string? Shorten(string? text)
    {
        if (text is null)
            return null;
        var line = string.Concat(text.Select(letter => char.IsControl(letter) ? ' ' : letter)).Trim();
        return line.Length <= LongestReason ? line : line[..(LongestReason - 1)] + "…";
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Task {Claim}: container {Container} is {Health} {Reason}")]
    private static partial void LogHealth(ILogger logger, string claim, string container, HealthStatus health, string? reason);
}
