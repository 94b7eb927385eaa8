using System.Text.Json;

namespace OrleansCluster.Silo.Api.Json;

/// <summary>Says in words what stands in the input.</summary>
internal static class Found
{
    private const int LongestShown = 40;

    public static string InWords(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.Null => "null",
        JsonValueKind.String => $"the string {Short(value.GetRawText())}",
        JsonValueKind.Number => $"the number {Short(value.GetRawText())}",
        _ => value.GetRawText(),
    };

    private static string Short(string text) => text.Length <= LongestShown ? text : $"{text[..LongestShown]}…";
}
