using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace OrleansCluster.Silo.Api.Json;

/// <summary>Holds JSON against the contract of a type, and notes all that does not match. What passes can be deserialised.</summary>
internal sealed class ContractWalker(FaultList faults)
{
    private static readonly JsonSerializerOptions _options = ClusterJson.Options;

    public void Walk(JsonElement value, Type type, string path)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        if (plain.IsEnum)
        {
            WalkEnum(value, plain, path);
            return;
        }

        var contract = _options.GetTypeInfo(plain);
        switch (contract.Kind)
        {
            case JsonTypeInfoKind.Object when Expect(value, JsonValueKind.Object, "an object", path):
                WalkObject(value, contract, path);
                break;
            case JsonTypeInfoKind.Enumerable when Expect(value, JsonValueKind.Array, "an array", path):
                WalkElements(value, ElementOf(contract), path);
                break;
            case JsonTypeInfoKind.Dictionary when Expect(value, JsonValueKind.Object, "an object", path):
                WalkEntries(value, ElementOf(contract), path);
                break;
            case JsonTypeInfoKind.None:
                WalkScalar(value, plain, path);
                break;
        }
    }

    private void WalkObject(JsonElement value, JsonTypeInfo contract, string path)
    {
        var known = contract.Properties.Where(property => property.Set is not null).ToImmutableDictionary(property => property.Name);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, member) in Members(value, path))
        {
            var memberPath = JsonPointer.Member(path, name);
            if (!seen.Add(name))
                faults.Add(memberPath, $"\"{name}\" is there twice.");
            else if (!known.TryGetValue(name, out var property))
                faults.Add(memberPath, $"Unknown field \"{name}\"; {NearestName.Hint(name, [.. NamesOf(contract)])}");
            else if (property.NumberHandling is { } handling && handling.HasFlag(JsonNumberHandling.AllowReadingFromString) && member.ValueKind == JsonValueKind.String)
                WalkNumberInText(member, memberPath);
            else if (member.ValueKind != JsonValueKind.Null)
                Walk(member, property.PropertyType, memberPath);
            else if (!property.IsSetNullable)
                faults.Add(memberPath, $"\"{name}\" cannot be null: leave it out or give it a value.");
        }

        foreach (var name in NamesOf(contract).Where(name => known[name].IsRequired && !seen.Contains(name)))
            faults.Add(path, $"The required field \"{name}\" is missing.");
    }

    private void WalkElements(JsonElement value, Type element, string path)
    {
        var index = 0;
        foreach (var item in value.EnumerateArray())
            Walk(item, element, JsonPointer.Element(path, index++));
    }

    private void WalkEntries(JsonElement value, Type element, string path)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, entry) in Members(value, path))
        {
            if (!seen.Add(name))
                faults.Add(JsonPointer.Member(path, name), $"\"{name}\" is there twice.");
            else
                Walk(entry, element, JsonPointer.Member(path, name));
        }
    }

    private void WalkEnum(JsonElement value, Type type, string path)
    {
        if (!Expect(value, JsonValueKind.String, $"one of {EnumWords.List(type)}", path) || Text(value, path) is not { } word)
            return;
        var words = EnumWords.Of(type);
        if (!words.Contains(word))
            faults.Add(path, $"Expected one of {string.Join(", ", words)}, found \"{word}\".");
    }

    private void WalkScalar(JsonElement value, Type type, string path)
    {
        if (type == typeof(string))
        {
            if (Expect(value, JsonValueKind.String, value.ValueKind is JsonValueKind.Number ? "a string (in quotes)" : "a string", path))
                Text(value, path);
        }
        else if (type == typeof(bool))
        {
            if (value.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
                faults.Add(path, $"Expected true or false, found {Found.InWords(value)}.");
        }
        else if (type == typeof(int))
        {
            if (Expect(value, JsonValueKind.Number, "a whole number", path) && !value.TryGetInt32(out _))
                faults.Add(path, $"Expected a whole number from {int.MinValue} to {int.MaxValue}, found {value.GetRawText()}.");
        }
        else if (type == typeof(long))
        {
            if (Expect(value, JsonValueKind.Number, "a whole number", path) && !value.TryGetInt64(out _))
                faults.Add(path, $"Expected a whole number from {long.MinValue} to {long.MaxValue}, found {value.GetRawText()}.");
        }
        else if (type == typeof(double))
        {
            if (Expect(value, JsonValueKind.Number, "a number", path) && !(value.TryGetDouble(out var number) && double.IsFinite(number)))
                faults.Add(path, $"Expected a number that a double holds, found {value.GetRawText()}.");
        }
        else
        {
            throw new InvalidOperationException($"The strict reader does not know {type}: teach it.");
        }
    }

    /// <summary>One that a reader without 64 bits may have been given.</summary>
    private void WalkNumberInText(JsonElement value, string path)
    {
        if (Text(value, path) is { } text && !long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _))
            faults.Add(path, $"Expected a whole number from {long.MinValue} to {long.MaxValue}, found {Found.InWords(value)}.");
    }

    private bool Expect(JsonElement value, JsonValueKind kind, string inWords, string path)
    {
        if (value.ValueKind == kind)
            return true;
        faults.Add(path, $"Expected {inWords}, found {Found.InWords(value)}.");
        return false;
    }

    /// <summary>Half a surrogate pair (<c>"\ud800"</c>) is JSON by its grammar, but no text.</summary>
    private string? Text(JsonElement value, string path)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            faults.Add(path, "The string has an escape that is no character.");
            return null;
        }
    }

    private IEnumerable<(string Name, JsonElement Value)> Members(JsonElement value, string path)
    {
        foreach (var member in value.EnumerateObject())
        {
            if (NameOf(member, path) is { } name)
                yield return (name, member.Value);
        }
    }

    private string? NameOf(JsonProperty member, string path)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            faults.Add(path, "The name of a field has an escape that is no character.");
            return null;
        }
    }

    private static IEnumerable<string> NamesOf(JsonTypeInfo contract) =>
        contract.Properties.Where(property => property.Set is not null).Select(property => property.Name);

    private static Type ElementOf(JsonTypeInfo contract) =>
        contract.ElementType ?? throw new InvalidOperationException($"{contract.Type} has no element type.");
}
