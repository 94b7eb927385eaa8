namespace OrleansCluster.Tests.Tidy.Sources;

/// <summary>Text that must not stand in some files.</summary>
/// <param name="Instead">What to do about it.</param>
/// <param name="Folders">Where it must not stand; empty for everywhere.</param>
/// <param name="Unless">A line that holds this, too, is fine; empty for no exception.</param>
internal sealed record BannedText(string Text, string Instead, string[] Folders, string Unless)
{
    public IEnumerable<string> FindIn(SourceFile file)
    {
        if (Folders.Length > 0 && !file.IsIn(Folders))
            yield break;

        for (var i = 0; i < file.Lines.Length; i++)
        {
            var line = file.Lines[i];
            if (line.Contains(Text, StringComparison.Ordinal) && (Unless.Length == 0 || !line.Contains(Unless, StringComparison.Ordinal)))
                yield return $"{file.Path}:{i + 1} has '{Text}': {Instead}";
        }
    }
}
