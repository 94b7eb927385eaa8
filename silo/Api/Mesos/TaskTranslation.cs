using System.Diagnostics.CodeAnalysis;

namespace OrleansCluster.Silo.Api.Mesos;

/// <summary>A task of Mesos as one of ours: one container, on the node whose offer it rests on.</summary>
internal static class TaskTranslation
{
    public const string NoExecutors = "Custom executors are not supported: tasks are commands and containers, run by the cluster's own agents.";
    private const string Container = "task";

    /// <summary>Seconds that Mesos gives a task to end by itself.</summary>
    private const double DefaultGrace = 3;

    /// <param name="fallback">The image of tasks that name none; <see langword="null"/> where the operator has set none.</param>
    /// <param name="fault">Why it cannot be launched, as a sentence.</param>
    public static bool TryTranslate(MesosValue info, string? fallback, [NotNullWhen(true)] out FrameworkTask? task, [NotNullWhen(false)] out string? fault)
    {
        task = null;
        fault = FaultOf(info, fallback);
        if (fault is not null)
            return false;
        var (resources, wrong) = MesosResources.Read(info["resources"].Items);
        if (wrong is not null)
        {
            fault = ToSentence(wrong);
            return false;
        }

        var container = info["container"];
        var network = ContainerTranslation.NetworkOf(container);
        var (volumes, mounts) = ContainerTranslation.VolumesOf(container);
        var spec = new ContainerSpec
        {
            Name = Container,
            Image = ContainerTranslation.ImageOf(container) ?? fallback!,
            Resources = resources.Amounts,
            Gpu = resources.Gpus > 0 ? new GpuSpec { Count = resources.Gpus } : null,
            Amounts = resources.Named,
            Mounts = mounts,
            Ports = ContainerTranslation.PortsOf(container, network, resources.Ports),
            StopTimeout = (int)Math.Clamp(Math.Ceiling(info["kill_policy"]["grace_period"]["nanoseconds"].Number / 1e9 ?? DefaultGrace), 0, 3_600),
        };
        spec = ContainerTranslation.ApplyParameters(CommandTranslation.Apply(spec, info["command"], ContainerTranslation.IsDocker(container)), container);
        if (info["health_check"].IsThere)
        {
            var (check, unfit) = HealthTranslation.Translate(info["health_check"], spec.Ports);
            if (unfit is not null)
            {
                fault = ToSentence(unfit);
                return false;
            }

            spec = spec with { HealthCheck = check };
        }

        task = new FrameworkTask { Name = info["task_id"].Id ?? "", Node = info["agent_id"].Id ?? "", Containers = [spec], Volumes = volumes, Network = network };
        return true;
    }

    private static string? FaultOf(MesosValue info, string? fallback)
    {
        if (info["executor"].IsThere)
            return NoExecutors;
        if (info["max_completion_time"].IsThere)
            return "max_completion_time is not supported.";
        var container = info["container"];
        if (!info["command"].IsThere && !container.IsThere)
            return "The task has neither a command nor a container.";
        var fault = info["command"].IsThere ? CommandTranslation.FaultOf(info["command"]) : null;
        fault ??= container.IsThere ? ContainerTranslation.FaultOf(container) : null;
        if (fault is not null)
            return ToSentence(fault);
        return (ContainerTranslation.ImageOf(container) ?? fallback) is null
            ? "The task names no image, and this silo has none for such tasks: its option --mesos-image sets one, such as --mesos-image busybox."
            : null;
    }

    private static string ToSentence(string fault) => $"{char.ToUpperInvariant(fault[0])}{fault[1..]}.";
}
