using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace OrleansCluster.Silo.Api.Schemas;

/// <summary>
/// The limits that editors can check while somebody types: the simple ones of those that the grains check in full. Only for the schema; the
/// grains decide.
/// </summary>
internal static class InputLimits
{
    private const string Name = "^[a-z0-9]([a-z0-9-]*[a-z0-9])?$";

    private static readonly Dictionary<(Type, string), JsonObject> _limits = new()
    {
        [(typeof(JobSpec), "name")] = Text(63, Name),
        [(typeof(JobSpec), "priority")] = Number(0, 100, 50),
        [(typeof(JobSpec), "team")] = new() { ["default"] = "default", ["minLength"] = 1 },
        [(typeof(JobSpec), "tasks")] = new() { ["minItems"] = 1 },
        [(typeof(JobTaskSpec), "name")] = Text(63, Name),
        [(typeof(JobTaskSpec), "count")] = Number(1, 10_000, 1),
        [(typeof(TaskDefinitionSpec), "family")] = Text(128, Name),
        [(typeof(TaskDefinitionSpec), "containers")] = new() { ["minItems"] = 1 },
        [(typeof(ContainerSpec), "name")] = Text(63, Name),
        [(typeof(ContainerSpec), "image")] = new() { ["minLength"] = 1 },
        [(typeof(ContainerSpec), "essential")] = new() { ["default"] = true },
        [(typeof(ContainerSpec), "stopTimeout")] = Number(0, 3600, 30),
        [(typeof(MountSpec), "path")] = new() { ["pattern"] = "^/" },
        [(typeof(VolumeSpec), "host")] = new() { ["pattern"] = "^/" },
        [(typeof(PortMapping), "container")] = Number(1, 65535, null),
        [(typeof(PortMapping), "host")] = Number(1, 65535, null),
        [(typeof(Resources), "cpu")] = Number(0, int.MaxValue, null),
        [(typeof(Resources), "memory")] = Number(0, int.MaxValue, null),
        [(typeof(Resources), "disk")] = Number(0, int.MaxValue, 0),
    };

    public static void Annotate(JsonObject schema, JsonPropertyInfo property)
    {
        if (!_limits.TryGetValue((property.DeclaringType, property.Name), out var limits))
            return;
        foreach (var (key, value) in limits)
            schema[key] = value?.DeepClone();
    }

    private static JsonObject Text(int longest, string pattern) => new() { ["minLength"] = 1, ["maxLength"] = longest, ["pattern"] = pattern };

    private static JsonObject Number(int smallest, int largest, int? standard)
    {
        var limits = new JsonObject { ["minimum"] = smallest, ["maximum"] = largest };
        if (standard is { } value)
            limits["default"] = value;
        return limits;
    }
}
