using System.Globalization;
using System.Text;

namespace OrleansCluster.Grains.Tasks.Validation;

/// <summary>Shows what a user wrote within a message: in quotes, cut where it is long, with control characters made visible.</summary>
internal static class Quoted
{
    private const int Longest = 80;

    public static string Of(string? text)
    {
        if (text is null)
            return "null";

        var shown = new StringBuilder("'");
        foreach (var c in text.AsSpan(0, Math.Min(text.Length, Longest)))
        {
            if (char.IsControl(c))
                shown.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            else
                shown.Append(c);
        }

        return shown.Append(text.Length > Longest ? $"…' ({text.Length} characters)" : "'").ToString();
    }
}
