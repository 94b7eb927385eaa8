namespace OrleansCluster.Cli.Output;

/// <summary>Makes text from elsewhere (reasons, names) harmless for a terminal.</summary>
internal static class Plain
{
    /// <summary>One line, without control characters: those could move the cursor and forge output.</summary>
    public static string Line(string text) =>
        text.Any(char.IsControl) ? string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)) : text;
}
