using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OrleansCluster.Files.Scripts;

/// <summary>A job of one task as a script's options make it, in the job's own JSON.</summary>
internal sealed class ScriptJob(SourceMap map)
{
    private const int StandardCpu = 100;
    private const int StandardMemory = 64;

    private readonly JsonObject _job = [];
    private readonly JsonObject _task = new() { ["name"] = "main" };
    private readonly JsonObject _container = new() { ["name"] = "main" };
    private readonly JsonObject _resources = new() { ["cpu"] = StandardCpu, ["memory"] = StandardMemory };
    private readonly JsonObject _gpu = [];
    private readonly Dictionary<ScriptKey, Position> _seen = [];

    /// <summary>Where the image was named.</summary>
    public bool HasImage => _container.ContainsKey("image");

    /// <returns>What is wrong with it.</returns>
    public string? Set(ScriptKey key, string value, Position at)
    {
        if (!key.IsRepeatable && !_seen.TryAdd(key, at))
            return $"--{key.Name} is there twice, first in line {_seen[key].Line}";
        map.Add(key.Pointer, at);
        return key.Value switch
        {
            ScriptValue.Number => SetNumber(key, value),
            ScriptValue.Variable => SetVariable(key, value, at),
            ScriptValue.Constraint => AddConstraint(key, value, at),
            ScriptValue.Word => SetText(key, value.ToUpperInvariant()),
            _ => SetText(key, value),
        };
    }

    /// <param name="name">Where the script gives none.</param>
    public JsonElement ToJson(string name, ImmutableArray<string> command)
    {
        if (!_job.ContainsKey("name"))
            _job["name"] = name;
        _container["command"] = new JsonArray([.. command.Select(word => (JsonNode)word)]);
        _container["resources"] = _resources;
        if (_gpu.Count > 0)
            _container["gpu"] = _gpu;
        _task["containers"] = new JsonArray(_container);
        _job["tasks"] = new JsonArray(_task);
        return JsonSerializer.SerializeToElement(_job, ClusterJson.Options);
    }

    private string? SetText(ScriptKey key, string value)
    {
        PartOf(key)[key.Member] = value;
        return null;
    }

    private string? SetNumber(ScriptKey key, string value)
    {
        if (!int.TryParse(value, System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture, out var number))
            return $"--{key.Name} is '{value}'; expected a whole number";
        PartOf(key)[key.Member] = number;
        return null;
    }

    private string? SetVariable(ScriptKey key, string value, Position at)
    {
        var equals = value.IndexOf('=', StringComparison.Ordinal);
        if (equals < 1)
            return $"--{key.Name} is '{value}'; expected NAME=VALUE";
        var variables = PartOf(key)[key.Member] as JsonObject ?? [];
        PartOf(key)[key.Member] = variables;
        map.Add(JsonPointer.Member(key.Pointer, value[..equals]), at);
        return variables.TryAdd(value[..equals], value[(equals + 1)..]) ? null : $"--{key.Name} sets {value[..equals]} twice";
    }

    private string? AddConstraint(ScriptKey key, string value, Position at)
    {
        var constraints = PartOf(key)[key.Member] as JsonArray ?? [];
        PartOf(key)[key.Member] = constraints;
        map.Add(JsonPointer.Element(key.Pointer, constraints.Count), at);
        constraints.Add(new JsonObject { ["type"] = "memberOf", ["expression"] = value });
        return null;
    }

    private JsonObject PartOf(ScriptKey key) => key.Part switch
    {
        ScriptPart.Task => _task,
        ScriptPart.Container => _container,
        ScriptPart.Resources => _resources,
        ScriptPart.Gpu => _gpu,
        _ => _job,
    };
}
