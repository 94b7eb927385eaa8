namespace OrleansCluster.Placement.Constraints.Syntax;

/// <summary>
/// Where a pattern without quotes ends: at a blank, at a closing parenthesis that is not its own, or at a joint (<c>&amp;&amp;</c>,
/// <c>||</c>) outside of its parentheses. So <c>(attribute:a =~ (x|y).* || node == b)</c> means what it seems to.
/// </summary>
internal static class PatternExtent
{
    /// <summary>0 where no pattern without quotes begins.</summary>
    public static int Measure(ReadOnlySpan<char> text)
    {
        if (text is ['\'' or '"', ..])
            return 0;

        var depth = 0;
        var end = 0;
        while (end < text.Length && !IsEnd(text[end..], depth))
        {
            depth += text[end] switch { '(' => 1, ')' => -1, _ => 0 };
            end += Step(text[end..]);
        }

        return end;
    }

    private static bool IsEnd(ReadOnlySpan<char> rest, int depth) =>
        IsBlank(rest[0]) || (depth == 0 && (rest[0] == ')' || rest is ['&', '&', ..] or ['|', '|', ..]));

    /// <summary>An escape and a class are taken whole: their parentheses are ordinary characters.</summary>
    private static int Step(ReadOnlySpan<char> rest) => rest switch
    {
        ['\\', var escaped, ..] when !IsBlank(escaped) => 2,
        ['[', ..] => Class(rest),
        _ => 1,
    };

    private static int Class(ReadOnlySpan<char> rest)
    {
        // A ']' that comes first is a member and not the end.
        var i = rest is ['[', '^', ..] ? 2 : 1;
        if (i < rest.Length && rest[i] == ']')
            i++;
        while (i < rest.Length && rest[i] != ']' && !IsBlank(rest[i]))
            i += rest[i] == '\\' && i + 1 < rest.Length && !IsBlank(rest[i + 1]) ? 2 : 1;
        return i < rest.Length && rest[i] == ']' ? i + 1 : i;
    }

    private static bool IsBlank(char c) => char.IsWhiteSpace(c) || char.IsControl(c);
}
