using System.Globalization;

namespace OrleansCluster.Placement.Constraints.Evaluation;

/// <summary>
/// Turns counts, times and versions into numbers of the same order, so that one test compares them all. <see langword="null"/> for a text
/// that is none.
/// </summary>
internal static class Keys
{
    private const int LongestVersion = 4;
    private const int BitsPerNumber = 31;

    private static readonly string[] _times = ["yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm:sszzz", "yyyy-MM-dd"];

    public static Int128? OfCount(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var count) ? count : null;

    public static Int128? OfTime(string text) =>
        DateTimeOffset.TryParseExact(text, _times, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? OfTime(time) : null;

    public static Int128 OfTime(DateTimeOffset time) => time.ToUnixTimeSeconds();

    /// <summary>Numbers left out are 0: <c>1.2</c> is <c>1.2.0</c>.</summary>
    public static Int128? OfVersion(ReadOnlySpan<char> text)
    {
        Int128 key = 0;
        var count = 0;
        foreach (var part in text.Split('.'))
        {
            if (count++ == LongestVersion || !int.TryParse(text[part], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                return null;
            key = (key << BitsPerNumber) | number;
        }

        return key << (BitsPerNumber * (LongestVersion - count));
    }

    /// <summary>Without what an agent says behind its version: <c>1.2.0-rc.1</c>, <c>1.2.0+4d56a89</c>.</summary>
    public static Int128? OfAgent(string? version)
    {
        if (version is null)
            return null;

        var end = version.AsSpan().IndexOfAny('-', '+');
        return OfVersion(end < 0 ? version : version.AsSpan(0, end));
    }
}
