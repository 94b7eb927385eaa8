using System.Collections.Immutable;

namespace OrleansCluster.Tests.Tidy;

/// <param name="Path">Relative to the root, with forward slashes.</param>
internal sealed record SourceFile(string Path, ImmutableArray<string> Lines)
{
    public bool IsIn(params string[] folders) => folders.Any(folder => Path.StartsWith(folder + "/", StringComparison.Ordinal));
}
