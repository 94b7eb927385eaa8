using System.Globalization;
using System.Text.RegularExpressions;

namespace OrleansCluster.Placement.Constraints.Syntax;

/// <summary>
/// Finds what .NET's engine refuses without saying where, what it reads differently from Java, and repeats of repeats that would make a
/// short pattern a large automaton. Everything else that is wrong is left to the engine's own parser.
/// </summary>
internal sealed partial class PatternScanner
{
    private static readonly string _tooLarge = $"a pattern of at most {ConstraintLimits.PatternLength} characters with its repeats written out";

    private readonly string _pattern;

    // Sizes of the groups around the place that is looked at, and of the element before it.
    private readonly Stack<long> _outer = new();
    private long _size;
    private long _last;
    private int _position;

    private PatternScanner(string pattern) => _pattern = pattern;

    private ReadOnlySpan<char> Rest => _pattern.AsSpan(_position);

    public static PatternFault? Scan(string pattern)
    {
        var scanner = new PatternScanner(pattern);
        while (scanner._position < pattern.Length)
        {
            if (scanner.Refusal() is { } expected)
                return new PatternFault(scanner._position, expected);

            scanner.Step();
            if (scanner._size > ConstraintLimits.PatternLength)
                return new PatternFault(scanner._position - 1, _tooLarge);
        }

        return null;
    }

    private string? Refusal() => Rest switch
    {
        ['(', '?', '=' or '!', ..] or ['(', '?', '<', '=' or '!', ..] => "a pattern without lookahead and lookbehind",
        ['(', '?', '>', ..] => "a pattern without atomic groups",
        ['(', '?', '(', ..] => "a pattern without conditionals",
        ['\\', >= '1' and <= '9' or 'k', ..] => "a pattern without backreferences",
        ['\\', 'G', ..] => @"a pattern without \G",
        ['[', ..] when HasClassArithmetic(Rest[..ClassLength()]) => "a class without another within it and without &&",
        _ => null,
    };

    private void Step()
    {
        switch (Rest[0])
        {
            case '(':
                _outer.Push(_size);
                (_size, _last) = (0, 0);
                _position++;
                break;
            case ')' when _outer.Count > 0:
                _last = _size;
                _size += _outer.Pop();
                _position++;
                break;
            case '{' when Repeat().Match(_pattern, _position) is { Success: true } repeat:
                _size += _last * Math.Max(0, Times(repeat.Groups["least"], repeat.Groups["most"]) - 1);
                _position += repeat.Length;
                break;
            case '*' or '+' or '?':
                _position++;
                break;
            default:
                _last = 1;
                _size++;
                _position += Rest switch { ['\\', _, ..] => 2, ['[', ..] => ClassLength(), _ => 1 };
                break;
        }
    }

    /// <summary>Of <c>{n}</c>, <c>{n,m}</c> and <c>{n,}</c>, which is n times and a loop.</summary>
    private static long Times(Group least, Group most) => most switch
    {
        { Success: false } => Number(least),
        { Length: 0 } => Number(least) + 1,
        _ => Number(most),
    };

    // Saturates far above the limit and far below an overflow, whatever stands around it.
    private static long Number(Group digits) => digits.Length < 5 ? long.Parse(digits.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture) : 10_000;

    private int ClassLength()
    {
        // A ']' that comes first is a member and not the end.
        var rest = Rest;
        var i = rest is ['[', '^', ..] ? 2 : 1;
        for (var first = i; i < rest.Length; i++)
        {
            if (rest[i] == ']' && i > first)
                return i + 1;
            if (rest[i] == '\\')
                i++;
        }

        return rest.Length;
    }

    private static bool HasClassArithmetic(ReadOnlySpan<char> members)
    {
        for (var i = 1; i < members.Length; i++)
        {
            if (members[i] == '\\')
                i++;
            else if (members[i] == '[' || members[i..] is ['&', '&', ..])
                return true;
        }

        return false;
    }

    [GeneratedRegex(@"\G\{(?<least>[0-9]+)(,(?<most>[0-9]*))?\}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Repeat();
}
