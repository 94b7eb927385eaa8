using System.Text.Json;
using OrleansCluster.Benchmarks.Figures;

namespace OrleansCluster.Benchmarks.Workflows.Format;

/// <summary>A value of a file and where it stands (JSON pointer). What is there and is not what the format says becomes a fault; what is missing is null.</summary>
internal readonly record struct WfValue(JsonElement Json, string Path, InputFaults Faults)
{
    public WfValue? Member(string name)
    {
        if (Json.ValueKind != JsonValueKind.Object)
        {
            Fault("expected an object");
            return null;
        }

        return Json.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? new WfValue(value, $"{Path}/{name}", Faults) : null;
    }

    public WfValue? Required(string name)
    {
        var before = Faults.Count;
        var member = Member(name);
        if (member is null && Faults.Count == before)
            Fault($"expected '{name}'");
        return member;
    }

    public List<WfValue> Elements(string name)
    {
        if (Member(name) is not { } list)
            return [];
        if (list.Json.ValueKind == JsonValueKind.Array)
            return [.. list.Json.EnumerateArray().Select((element, index) => new WfValue(element, $"{list.Path}/{index}", list.Faults))];
        list.Fault("expected a list");
        return [];
    }

    public string? Text(string name)
    {
        if (Member(name) is not { } text)
            return null;
        if (text.AsText() is { } known)
            return known;
        text.Fault("expected a text");
        return null;
    }

    public string? AsText() => Json.ValueKind == JsonValueKind.String && Json.GetString() is { Length: > 0 } text ? text : null;

    /// <param name="least">What is less is a fault.</param>
    public double? Number(string name, double least)
    {
        if (Member(name) is not { } number)
            return null;
        if (number.Json.ValueKind == JsonValueKind.Number && number.Json.TryGetDouble(out var value) && double.IsFinite(value) && value >= least)
            return value;
        number.Fault(FormattableString.Invariant($"{number.Json.GetRawText()} found; expected a number, {least} at least"));
        return null;
    }

    public void Fault(string what) => Faults.Add($"{(Path.Length == 0 ? "/" : Path)}: {what}");
}
