using System.Collections.Immutable;
using System.Text.Json;

namespace OrleansCluster.Silo.Api.Json;

/// <summary>An enum's values as they are spelled in JSON, in their order.</summary>
internal static class EnumWords
{
    public static ImmutableArray<string> Of(Type type) =>
        [.. Enum.GetValuesAsUnderlyingType(type).Cast<object>().Select(value => Spell(Enum.ToObject(type, value), type))];

    public static string List(Type type) => string.Join(", ", Of(type));

    private static string Spell(object value, Type type) =>
        JsonSerializer.SerializeToElement(value, type, ClusterJson.Options).GetString()
        ?? throw new InvalidOperationException($"{type} has to be written as a string: give it a converter.");
}
