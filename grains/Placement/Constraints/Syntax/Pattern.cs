using System.Text;
using System.Text.RegularExpressions;

namespace OrleansCluster.Placement.Constraints.Syntax;

/// <summary>Patterns on an engine whose time is linear in the text, so that none can hang a scheduler, and no clock needs to watch it.</summary>
internal static class Pattern
{
    private const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;

    public static PatternFault? FaultOf(string pattern)
    {
        if (pattern.Length > ConstraintLimits.PatternLength)
            return new PatternFault(ConstraintLimits.PatternLength, $"a pattern of at most {ConstraintLimits.PatternLength} characters");

        if (PatternScanner.Scan(pattern) is { } fault)
            return fault;

        try
        {
            // Alone first: within the group that Compile adds, a)(b would be two groups.
            _ = new Regex(pattern, Options);
        }
        catch (RegexParseException error)
        {
            // The parser has read past what it complains about.
            return new PatternFault(Math.Clamp(error.Offset - 1, 0, pattern.Length), $"a valid pattern: {InWords(error.Error)}");
        }
        catch (NotSupportedException)
        {
            return new PatternFault(0, "a pattern that needs no backtracking");
        }

        return IsWhole(pattern) ? null : new PatternFault(0, "a pattern that does not end in a comment");
    }

    /// <summary>For a pattern without a fault; matches whole texts only.</summary>
    public static Regex Compile(string pattern) => new($@"\A(?:{pattern})\z", Options);

    private static bool IsWhole(string pattern)
    {
        try
        {
            _ = Compile(pattern);
            return true;
        }
        catch (RegexParseException)
        {
            // In (?x)a#b, the closing parenthesis is part of the comment.
            return false;
        }
    }

    private static string InWords(RegexParseError error)
    {
        var words = new StringBuilder();
        foreach (var c in error.ToString())
        {
            if (char.IsAsciiLetterUpper(c) && words.Length > 0)
                words.Append(' ');
            words.Append(char.ToLowerInvariant(c));
        }

        return words.ToString();
    }
}
