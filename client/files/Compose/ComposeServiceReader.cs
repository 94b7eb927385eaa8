using System.Collections.Immutable;
using System.Globalization;

namespace OrleansCluster.Files.Compose;

/// <summary>Makes a service of the cluster of one of a Compose file. What it does not do it refuses by name.</summary>
/// <param name="folder">What relative paths on the host are relative to; <see langword="null"/> where there is none.</param>
internal sealed class ComposeServiceReader(string name, string? folder)
{
    public const int StandardCpu = 100;
    public const int StandardMemory = 64;
    private const int StandardGrace = 10;

    /// <summary>Of the cluster's own doing, or of no meaning to it.</summary>
    private static readonly string[] _ignored = ["labels", "logging", "hostname", "stdin_open", "tty"];

    private ServiceSpec _service = new() { Name = name };
    private ContainerSpec _container = new() { Name = "main", Image = "", Resources = new Resources(StandardCpu, StandardMemory, 0), StopTimeout = StandardGrace };

    public ServiceSpec Read(ComposeNode node)
    {
        foreach (var (key, value) in node.Members())
            Read(key, value);
        if (node.IsMap && !node.Members().Any(member => member.Name == "image")) node.Fault("No image is named; expected \"image\". Images are not built.");
        return _service with { Containers = [_container] };
    }

    private void Read(string key, ComposeNode node)
    {
        switch (key)
        {
            case "image":
                _container = _container with { Image = node.Text() ?? "" };
                break;
            case "command":
                _container = _container with { Command = node.Command() };
                break;
            case "entrypoint":
                _container = _container with { EntryPoint = node.Command() };
                break;
            case "environment":
                _container = _container with { Environment = ReadEnvironment(node) };
                break;
            case "ports":
                _container = _container with { Ports = [.. node.Elements().Select(ReadPort).OfType<PortMapping>()] };
                break;
            case "volumes":
                foreach (var volume in node.Elements())
                    ReadVolume(volume);
                break;
            case "working_dir":
                _container = _container with { WorkingDirectory = node.Text() };
                break;
            case "user":
                _container = _container with { User = node.Text() };
                break;
            case "stop_grace_period":
                _container = _container with { StopTimeout = node.ParseValue(ComposeValues.Seconds, "a time such as 30s or 1m30s") ?? StandardGrace };
                break;
            case "restart":
                if (node.Text() is { } restart and not ("always" or "unless-stopped")) node.Fault($"'{restart}' found; expected always: a service's tasks stay up. For tasks that end there are jobs.");
                break;
            case "deploy":
                ReadDeploy(node);
                break;
            case "depends_on":
                node.Fault("\"depends_on\" is not supported: services start in no order, and what ends because it is too early starts again; leave it out.");
                break;
            default:
                if (!_ignored.Contains(key) && !key.StartsWith("x-", StringComparison.Ordinal)) node.Fault($"\"{key}\" is not supported.");
                break;
        }
    }

    private void ReadDeploy(ComposeNode node)
    {
        foreach (var (key, value) in node.Members())
        {
            if (key == "replicas")
                _service = _service with { DesiredCount = value.ParseValue<int>(text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : null, "a whole number") ?? 1 };
            else if (key == "resources")
                ReadResources(value);
            else if (key != "labels")
                value.Fault($"\"deploy.{key}\" is not supported.");
        }
    }

    private void ReadResources(ComposeNode node)
    {
        foreach (var (key, value) in node.Members())
        {
            if (key != "limits") value.Fault($"\"deploy.resources.{key}\" is not supported; expected \"limits\", which are claimed on the node and enforced.");
            else
            {
                foreach (var (what, limit) in value.Members())
                    ReadLimit(what, limit);
            }
        }
    }

    private void ReadLimit(string what, ComposeNode limit)
    {
        var resources = _container.Resources;
        if (what == "cpus")
            _container = _container with { Resources = new Resources(limit.ParseValue(ComposeValues.Cpu, "cores such as 0.5") ?? resources.Cpu, resources.Memory, 0) };
        else if (what == "memory")
            _container = _container with { Resources = new Resources(resources.Cpu, limit.ParseValue(ComposeValues.Memory, "an amount such as 512m or 1g") ?? resources.Memory, 0) };
        else
            limit.Fault($"\"deploy.resources.limits.{what}\" is not supported; expected cpus and memory.");
    }

    private static ImmutableSortedDictionary<string, string> ReadEnvironment(ComposeNode node)
    {
        var variables = ImmutableSortedDictionary.CreateBuilder<string, string>();
        foreach (var (at, variable, value) in node.IsList ? node.Elements().Select(Split) : node.Members().Select(Named))
        {
            if (variable is not null && value is not null) variables[variable] = value;
            else if (variable is not null && (at.IsEmpty || node.IsList)) at.Fault($"{variable} has no value; expected {variable}=VALUE: variables of this shell are not handed on.");
        }

        return variables.ToImmutable();
    }

    private static (ComposeNode At, string? Name, string? Value) Named((string Name, ComposeNode Value) member) =>
        (member.Value, member.Name, member.Value.IsEmpty ? null : member.Value.Text());

    private static (ComposeNode At, string? Name, string? Value) Split(ComposeNode element)
    {
        if (element.Text() is not { } text) return (element, null, null);
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals < 0 ? (element, text, null) : (element, text[..equals], text[(equals + 1)..]);
    }

    private static PortMapping? ReadPort(ComposeNode node)
    {
        if (!node.IsMap) return node.Parse(ComposeValues.Port, "HOST:CONTAINER such as 8080:80, or CONTAINER alone, with /udp where it is not TCP");
        node.Fault("A port by fields is not supported; expected HOST:CONTAINER.");
        return null;
    }

    private void ReadVolume(ComposeNode node)
    {
        const string expected = "HOST_PATH:CONTAINER_PATH or HOST_PATH:CONTAINER_PATH:ro";
        if (node.IsMap)
        {
            node.Fault($"A volume by fields is not supported; expected {expected}.");
            return;
        }

        if (node.Text() is not { } text) return;
        if (text.Split(':') is not [var host, ['/', ..] path, .. var mode] || mode is not ([] or ["ro"] or ["rw"])) node.Fault($"'{text}' found; expected {expected}.");
        else if (host is not (['/', ..] or ['.', ..])) node.Fault($"'{host}' is a volume's name, which is not supported here; expected a path on the host.");
        else if (host[0] == '.' && folder is null) node.Fault($"'{host}' is relative to the file's folder, and stdin has none; expected a whole path.");
        else Mount(host[0] == '.' ? System.IO.Path.GetFullPath(host, folder!) : host, path, isReadOnly: mode is ["ro"]);
    }

    private void Mount(string host, string path, bool isReadOnly)
    {
        var volume = $"v{_service.Volumes.Length}";
        _service = _service with { Volumes = _service.Volumes.Add(new VolumeSpec { Name = volume, Host = host }) };
        _container = _container with { Mounts = _container.Mounts.Add(new MountSpec { Volume = volume, Path = path, ReadOnly = isReadOnly }) };
    }
}
