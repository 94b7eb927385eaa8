namespace OrleansCluster.Grains.Tasks.Validation;

internal static class JsonPointer
{
    /// <summary>One part of a pointer, as RFC 6901 has it.</summary>
    public static string Escape(string part) => part.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
}
