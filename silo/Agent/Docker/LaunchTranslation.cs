using System.Collections.Immutable;
using System.Globalization;

namespace OrleansCluster.Silo.Agent.Docker;

/// <summary>From the cluster's words for a container to Docker's.</summary>
internal static class LaunchTranslation
{
    private const long PeriodMicroseconds = 100_000;

    /// <summary>The kernel's least quota.</summary>
    private const long LeastQuotaMicroseconds = 1_000;

    public static Wire.CreateContainer Translate(ContainerLaunch launch, int logSize)
    {
        var spec = launch.Spec;
        // On the host's own network there is nothing to publish: Docker would only warn.
        var ports = launch.Network == NetworkMode.Bridge ? spec.Ports : [];
        return new Wire.CreateContainer
        {
            Image = spec.Image,
            Entrypoint = OrNull(spec.EntryPoint),
            Cmd = OrNull(spec.Command),
            Env = [.. launch.Environment.Select(variable => $"{variable.Key}={variable.Value}")],
            WorkingDir = spec.WorkingDirectory,
            User = spec.User,
            Labels = DockerLabels.Write(launch.Labels),
            ExposedPorts = ports.Select(Key).Distinct().ToDictionary(key => key, _ => new Wire.EmptyObject()),
            Healthcheck = HealthTranslation.Translate(spec.HealthCheck),
            HostConfig = TranslateHost(launch, logSize) with
            {
                PortBindings = ports.GroupBy(Key).ToDictionary(group => group.Key, group => group.Select(port => Bind(port, launch.PublishAt)).ToArray()),
            },
        };
    }

    private static Wire.HostConfig TranslateHost(ContainerLaunch launch, int logSize)
    {
        var memory = (long)launch.Spec.Resources.Memory << 20;
        return new Wire.HostConfig
        {
            // Not NanoCpus: Docker refuses those below 10 millicores and above the host's cores.
            CpuPeriod = PeriodMicroseconds,
            CpuQuota = Math.Max(launch.Spec.Resources.Cpu * PeriodMicroseconds / 1000, LeastQuotaMicroseconds),
            Memory = memory,
            // Equal to the memory: no swap. Left out, it would be twice the memory.
            MemorySwap = memory,
            NetworkMode = launch.Network switch
            {
                NetworkMode.Host => "host",
                NetworkMode.None => "none",
                _ => "bridge",
            },
            Init = true,
            // The manager decides what runs again, and where.
            RestartPolicy = new Wire.RestartPolicy("no"),
            // Not the leaner driver local: it forgets where a line of more than 16 KiB ends.
            LogConfig = new Wire.LogConfig("json-file", new Dictionary<string, string>
            {
                ["max-size"] = string.Create(CultureInfo.InvariantCulture, $"{logSize}m"),
                ["max-file"] = "2",
            }),
            DeviceRequests = launch.Gpus.IsEmpty ? null : [new Wire.DeviceRequest("", [.. launch.Gpus.Select(gpu => gpu.Device)], [["gpu"]])],
            Mounts = [.. launch.Spec.Mounts.Select(mount => TranslateMount(mount, launch.Volumes))],
        };
    }

    private static Wire.Mount TranslateMount(MountSpec mount, ImmutableArray<VolumeSpec> volumes) =>
        volumes.FirstOrDefault(volume => volume.Name == mount.Volume) switch
        {
            // A mount of type bind, unlike the older -v, does not create a missing folder on the host: Docker refuses it.
            { Host: { } path } => new Wire.Mount("bind", path, mount.Path, mount.ReadOnly),
            { Named: { } name } => new Wire.Mount("volume", name, mount.Path, mount.ReadOnly),
            _ => throw new ContainerException(
                ContainerFailure.Create, $"the mount at {mount.Path} names volume '{mount.Volume}', which the definition does not have"),
        };

    private static string[]? OrNull(ImmutableArray<string> words) => words.IsDefaultOrEmpty ? null : [.. words];

    private static string Key(PortMapping port) =>
        string.Create(CultureInfo.InvariantCulture, $"{port.Container}/{(port.Protocol == PortProtocol.Udp ? "udp" : "tcp")}");

    /// <summary>Without a port, Docker takes a free one.</summary>
    private static Wire.PortBinding Bind(PortMapping port, string address) =>
        port.IsDynamic() ? new("") { HostIp = address } : new(port.Host.ToString(CultureInfo.InvariantCulture));
}
