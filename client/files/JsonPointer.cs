using System.Globalization;

namespace OrleansCluster.Files;

/// <summary>Spells JSON pointers (RFC 6901).</summary>
internal static class JsonPointer
{
    public static string Member(string parent, string name) =>
        $"{parent}/{name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";

    public static string Element(string parent, int index) => $"{parent}/{index.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>What holds the value at this pointer; <see langword="null"/> for the whole.</summary>
    public static string? Parent(string pointer) => pointer.LastIndexOf('/') is >= 0 and var slash ? pointer[..slash] : null;
}
