using System.Collections.Immutable;

namespace OrleansCluster.Silo.Api.Mesos;

/// <summary>In what a task runs, as Mesos's <c>ContainerInfo</c> says it: the image, the network, ports and volumes.</summary>
internal static class ContainerTranslation
{
    /// <summary>Parameters of Docker's command line that have a place in a container of ours.</summary>
    private static readonly string[] _parameters = ["env", "user", "workdir"];

    public static bool IsDocker(MesosValue container) => container["type"].Text == "DOCKER";

    /// <summary>What of it cannot be had here; <see langword="null"/> where all can.</summary>
    public static string? FaultOf(MesosValue container)
    {
        var docker = container["docker"];
        if (container["type"].Text is not ("DOCKER" or "MESOS"))
            return "container.type is neither DOCKER nor MESOS";
        if (IsDocker(container) && docker["image"].Text is null)
            return "container.docker.image is missing";
        if (docker["privileged"].Flag == true)
            return "privileged containers are not supported";
        if (docker["parameters"].Items.Select(parameter => parameter["key"].Text).FirstOrDefault(key => !_parameters.Contains(key)) is { } key)
            return $"the Docker parameter '{key}' is not supported; expected {string.Join(", ", _parameters)}";
        if (docker["network"].Text is { } network && network is not ("HOST" or "BRIDGE" or "NONE"))
            return $"container.docker.network {network} is not supported; expected HOST, BRIDGE or NONE";
        if (container["network_infos"].Items.Any(info => info["name"].Text is not null))
            return "container networks by name are not supported";
        var image = container["mesos"]["image"];
        if (image.IsThere && image["type"].Text != "DOCKER")
            return "container.mesos.image is not of type DOCKER";
        return container["volumes"].Items.Select(FaultOfVolume).FirstOrDefault(fault => fault is not null);
    }

    public static string? ImageOf(MesosValue container) => IsDocker(container) ? container["docker"]["image"].Text : container["mesos"]["image"]["docker"]["name"].Text;

    /// <summary>A task of Mesos is on its agent's own network where it does not say otherwise.</summary>
    public static NetworkMode NetworkOf(MesosValue container) => container["docker"]["network"].Text switch
    {
        "BRIDGE" => NetworkMode.Bridge,
        "NONE" => NetworkMode.None,
        _ => NetworkMode.Host,
    };

    /// <summary>Those that it maps, and those that it asks for without mapping them: what is asked for is held for it.</summary>
    public static ImmutableArray<PortMapping> PortsOf(MesosValue container, NetworkMode network, ImmutableArray<int> asked)
    {
        var ports = ImmutableArray.CreateBuilder<PortMapping>();
        foreach (var mapping in network == NetworkMode.Bridge ? container["docker"]["port_mappings"].Items : [])
        {
            ports.Add(new PortMapping
            {
                Container = (int)Math.Clamp(mapping["container_port"].Number ?? 0, 0, ushort.MaxValue),
                Host = (int)Math.Clamp(mapping["host_port"].Number ?? 0, 0, ushort.MaxValue),
                Protocol = string.Equals(mapping["protocol"].Text, "udp", StringComparison.OrdinalIgnoreCase) ? PortProtocol.Udp : PortProtocol.Tcp,
            });
        }

        if (network != NetworkMode.None)
            ports.AddRange(asked.Except(ports.Select(port => port.Host).ToList()).Select(port => new PortMapping { Container = port, Host = port }));
        return ports.ToImmutable();
    }

    public static (ImmutableArray<VolumeSpec> Volumes, ImmutableArray<MountSpec> Mounts) VolumesOf(MesosValue container)
    {
        var volumes = container["volumes"].Items;
        return (
            [.. volumes.Select((volume, i) => new VolumeSpec { Name = NameOf(i), Host = HostOf(volume), Named = HostOf(volume) is null ? volume["source"]["docker_volume"]["name"].Text : null })],
            [.. volumes.Select((volume, i) => new MountSpec { Volume = NameOf(i), Path = volume["container_path"].Text ?? "", ReadOnly = volume["mode"].Text == "RO" })]);
    }

    public static ContainerSpec ApplyParameters(ContainerSpec spec, MesosValue container)
    {
        foreach (var parameter in container["docker"]["parameters"].Items)
        {
            var value = parameter["value"].Text ?? "";
            spec = parameter["key"].Text switch
            {
                "env" when value.Split('=', 2) is [var name, var text] => spec with { Environment = spec.Environment.SetItem(name, text) },
                "user" => spec with { User = value },
                "workdir" => spec with { WorkingDirectory = value },
                _ => spec,
            };
        }

        return spec;
    }

    private static string? FaultOfVolume(MesosValue volume)
    {
        if (volume["image"].IsThere)
            return "volumes of images are not supported";
        return HostOf(volume) is null && volume["source"]["docker_volume"]["name"].Text is null ? "a volume has neither a host_path nor a docker_volume with a name" : null;
    }

    private static string? HostOf(MesosValue volume) => volume["host_path"].Text ?? volume["source"]["host_path"]["path"].Text;

    private static string NameOf(int i) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"volume-{i}");
}
