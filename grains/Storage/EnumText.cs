using System.Text.Json;

namespace OrleansCluster.Grains.Storage;

/// <summary>An enum's values as text columns spell them: as its JSON converter does, without the quotes.</summary>
internal static class EnumText<T>
    where T : struct, Enum
{
    private static readonly Dictionary<T, string> _texts =
        Enum.GetValues<T>().ToDictionary(value => value, value => JsonSerializer.Serialize(value, StoreJson.Options).Trim('"'));

    private static readonly Dictionary<string, T> _values = _texts.ToDictionary(pair => pair.Value, pair => pair.Key);

    public static string Of(T value) => _texts[value];

    public static T Parse(string text) => _values[text];
}
