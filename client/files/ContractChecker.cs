using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace OrleansCluster.Files;

/// <summary>
/// Holds a file against the form of what it should describe, before the cluster is asked: names and types of fields. What the values mean
/// (a name in dependencies, an amount) is the cluster's to judge.
/// </summary>
internal sealed class ContractChecker(SourceMap map)
{
    private readonly List<LocatedFault> _faults = [];

    public IReadOnlyList<LocatedFault> Faults => _faults;

    public void Check(JsonElement value, Type type, string path) => Check(value, Contract.Of(type), path);

    private void Check(JsonElement value, Contract contract, string path)
    {
        switch (contract.Kind)
        {
            case JsonTypeInfoKind.Object when Expect(value, JsonValueKind.Object, "an object", path):
                CheckMembers(value, contract, path);
                break;
            case JsonTypeInfoKind.Dictionary when Expect(value, JsonValueKind.Object, "an object", path):
                foreach (var entry in value.EnumerateObject())
                    Check(entry.Value, contract.Element, JsonPointer.Member(path, entry.Name));
                break;
            case JsonTypeInfoKind.Enumerable when Expect(value, JsonValueKind.Array, "an array", path):
                var index = 0;
                foreach (var element in value.EnumerateArray())
                    Check(element, contract.Element, JsonPointer.Element(path, index++));
                break;
            case JsonTypeInfoKind.None when contract.Type is { } type:
                CheckScalar(value, type, path);
                break;
        }
    }

    private void CheckMembers(JsonElement value, Contract contract, string path)
    {
        var known = contract.Properties.ToDictionary(property => property.Name);
        foreach (var member in value.EnumerateObject())
        {
            var pointer = JsonPointer.Member(path, member.Name);
            if (!known.TryGetValue(member.Name, out var property))
                Add(pointer, $"Unknown field \"{member.Name}\"; expected {Expected(member.Name, known.Keys)}.");
            else if (member.Value.ValueKind != JsonValueKind.Null)
                Check(member.Value, Contract.Of(property.PropertyType), pointer);
            else if (!property.IsSetNullable && Nullable.GetUnderlyingType(property.PropertyType) is null)
                Add(pointer, $"\"{member.Name}\" has no value: leave it out or give it one.");
        }

        foreach (var property in contract.Properties.Where(property => property.IsRequired && !value.TryGetProperty(property.Name, out _)))
            Add(path, $"The required field \"{property.Name}\" is missing.");
    }

    private void CheckScalar(JsonElement value, Type type, string path)
    {
        if (type == typeof(string))
            Expect(value, JsonValueKind.String, "a string", path);
        else if (type == typeof(bool) && value.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
            Add(path, $"Expected true or false, found {Found(value)}.");
        else if (type == typeof(int) && (value.ValueKind != JsonValueKind.Number || !value.TryGetInt32(out _)))
            Add(path, $"Expected a whole number, found {Found(value)}.");
        else if (type == typeof(double) && (value.ValueKind != JsonValueKind.Number || !value.TryGetDouble(out _)))
            Add(path, $"Expected a number, found {Found(value)}.");
        else if (type.IsEnum)
            CheckEnum(value, type, path);
    }

    private void CheckEnum(JsonElement value, Type type, string path)
    {
        var words = Enum.GetValuesAsUnderlyingType(type).Cast<object>()
            .Select(number => JsonSerializer.SerializeToElement(Enum.ToObject(type, number), type, ClusterJson.Options).GetString()).ToList();
        if (value.ValueKind != JsonValueKind.String || !words.Contains(value.GetString()))
            Add(path, $"Expected one of {string.Join(", ", words)}, found {Found(value)}.");
    }

    private bool Expect(JsonElement value, JsonValueKind kind, string inWords, string path)
    {
        if (value.ValueKind == kind) return true;
        Add(path, $"Expected {inWords}, found {Found(value)}.");
        return false;
    }

    private void Add(string path, string message) => _faults.Add(map.Locate(new Fault(path, message)));

    /// <summary>The one that was meant, if one is near, or all.</summary>
    private static string Expected(string name, IReadOnlyCollection<string> known)
    {
        var near = known.Where(candidate => NearName.Is(name, candidate)).ToList();
        return near.Count > 0 ? $"perhaps \"{near[0]}\"" : $"one of {string.Join(", ", known)}";
    }

    private static string Found(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.Null => "nothing",
        JsonValueKind.String => $"the string {Short(value.GetRawText())}",
        JsonValueKind.Number => $"the number {Short(value.GetRawText())}",
        _ => value.GetRawText(),
    };

    private static string Short(string text) => text.Length <= 40 ? text : $"{text[..40]}…";
}
