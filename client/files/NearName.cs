namespace OrleansCluster.Files;

/// <summary>Whether a name was meant to be another: the same letters in another style (<c>depends_on</c>), or one slip of a finger.</summary>
internal static class NearName
{
    public static bool Is(string written, string known)
    {
        var a = Letters(written);
        var b = Letters(known);
        return a == b || OneSlip(a, b);
    }

    private static string Letters(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();

    /// <summary>One letter too many, missing, wrong, or two of them swapped.</summary>
    private static bool OneSlip(string a, string b)
    {
        if (Math.Min(a.Length, b.Length) < 3 || Math.Abs(a.Length - b.Length) > 1) return false;
        var start = a.AsSpan().CommonPrefixLength(b);
        var end = 0;
        while (end < Math.Min(a.Length, b.Length) - start && a[^(end + 1)] == b[^(end + 1)])
            end++;
        var left = a[start..^end];
        var right = b[start..^end];
        return (left.Length <= 1 && right.Length <= 1) || (left.Length == 2 && right.Length == 2 && left[0] == right[1] && left[1] == right[0]);
    }
}
