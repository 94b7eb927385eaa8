using YamlDotNet.Core;

namespace OrleansCluster.Files;

/// <summary>Where in a text a YAML parser's complaint belongs.</summary>
internal static class YamlSyntax
{
    public static Position At(Mark mark) => new((int)Math.Max(1, mark.Line), (int)Math.Max(1, mark.Column));

    public static Position PlaceOf(YamlException exception, string text)
    {
        // Of a tab the parser names the mapping that it is in, which may be the whole file.
        if (exception.Message.Contains(" tab", StringComparison.Ordinal) && FirstTab(text, exception.Start.Line) is { } tab) return tab;

        // What goes over several lines begins where it should and ends where it went wrong.
        return Within(text, At(exception.End.Line > exception.Start.Line ? exception.End : exception.Start));
    }

    /// <summary>The parser takes the end of a text for a line of its own.</summary>
    private static Position Within(string text, Position at)
    {
        var lines = text.Split('\n');
        return at.Line <= lines.Length ? at : new Position(lines.Length, lines[^1].Length + 1);
    }

    private static Position? FirstTab(string text, long fromLine)
    {
        var number = 0;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            var tab = line[..^line.TrimStart().Length].IndexOf('\t');
            if (++number >= fromLine && tab >= 0) return new Position(number, tab + 1);
        }

        return null;
    }
}
