namespace OrleansCluster.Silo.Api.Json;

/// <summary>Spells JSON pointers (RFC 6901).</summary>
internal static class JsonPointer
{
    public static string Member(string parent, string name) =>
        $"{parent}/{name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";

    public static string Element(string parent, int index) => $"{parent}/{index}";
}
