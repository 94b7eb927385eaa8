using System.Collections.Immutable;
using System.Text.Json;

namespace OrleansCluster.Silo.Api.Mesos;

/// <summary>JSON as Mesos reads it: what it does not know is left aside, and <c>null</c> is as if nothing were there. So is what is of another type than expected.</summary>
internal readonly record struct MesosValue(JsonElement? Element)
{
    public bool IsThere => Element is { ValueKind: not JsonValueKind.Null };

    public MesosValue this[string name] =>
        Element is { ValueKind: JsonValueKind.Object } found && found.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? new MesosValue(value) : default;

    /// <summary>The members of a repeated field; none where it is not there.</summary>
    public ImmutableArray<MesosValue> Items => Element is { ValueKind: JsonValueKind.Array } found
        ? [.. found.EnumerateArray().Where(item => item.ValueKind != JsonValueKind.Null).Select(item => new MesosValue(item))]
        : [];

    public string? Text => Element is { ValueKind: JsonValueKind.String } found ? found.GetString() : null;

    /// <summary>Of a message with the one field <c>value</c>, as ids and texts of Mesos are.</summary>
    public string? Id => this["value"].Text;

    public double? Number => Element switch
    {
        { ValueKind: JsonValueKind.Number } found => found.GetDouble(),
        { ValueKind: JsonValueKind.String } found when double.TryParse(found.GetString(), System.Globalization.CultureInfo.InvariantCulture, out var number) => number,
        _ => null,
    };

    public bool? Flag => Element switch { { ValueKind: JsonValueKind.True } => true, { ValueKind: JsonValueKind.False } => false, _ => null };
}
