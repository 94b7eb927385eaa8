using System.Buffers;
using System.Globalization;
using System.Text;

namespace OrleansCluster.Placement.Constraints.Syntax;

/// <summary>Which texts stand for themselves, and how all others are written.</summary>
internal static class Words
{
    private const int LongestShown = 40;

    private static readonly SearchValues<char> _special = SearchValues.Create("()[],'\"=!<>~&|");

    public static bool IsWordCharacter(char c) => !char.IsWhiteSpace(c) && !char.IsControl(c) && !_special.Contains(c);

    /// <summary>The words that join conditions are words of the language everywhere, so that a value left out is found where it is missing.</summary>
    public static TokenKind KindOf(string word) => word switch
    {
        "and" => TokenKind.And,
        "or" => TokenKind.Or,
        "not" => TokenKind.Not,
        _ => TokenKind.Word,
    };

    public static string Print(string value)
    {
        var isWord = value.Length > 0 && value.All(IsWordCharacter) && KindOf(value) == TokenKind.Word;
        return isWord ? value : $"'{value.Replace("'", "''", StringComparison.Ordinal)}'";
    }

    /// <summary>For a fault: in quotes, cut where it is long, with control characters made visible.</summary>
    public static string Show(string text)
    {
        var shown = new StringBuilder("'");
        foreach (var c in text.AsSpan(0, Math.Min(text.Length, LongestShown)))
        {
            if (char.IsControl(c))
                shown.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            else
                shown.Append(c);
        }

        return shown.Append(text.Length > LongestShown ? "…'" : "'").ToString();
    }
}
