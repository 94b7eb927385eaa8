using System.Text.RegularExpressions;

namespace OrleansCluster.Tests.Tidy.Sources;

/// <summary>Documents that name files which are not there have gone stale.</summary>
internal static partial class DocumentRules
{
    private static readonly string[] _folders = ["client", "embedded", "grain-interfaces", "grains", "infra", "silo", "tests"];

    /// <param name="path">Of the document, relative to the root.</param>
    /// <param name="exists">Whether a path relative to the root is a file or folder of the project.</param>
    public static IEnumerable<string> FindMissingFiles(string path, string text, Func<string, bool> exists)
    {
        var folder = path.Contains('/') ? path[..path.LastIndexOf('/')] : "";
        var links = Link().Matches(text).Select(match => match.Groups[1].Value).Where(target => !target.Contains(':')).Select(target => Resolve(folder, target));
        var words = Mention().Matches(text).Select(match => match.Groups[1].Value).Where(word => _folders.Contains(word.Split('/')[0]));
        return links
            .Concat(words)
            .Select(target => target.TrimEnd('/', '.', ','))
            .Where(target => target.Length > 0 && !exists(target))
            .Distinct(StringComparer.Ordinal)
            .Select(target => $"{path} names {target}, which does not exist");
    }

    private static string Resolve(string folder, string target)
    {
        var parts = new Stack<string>();
        foreach (var part in $"{folder}/{target}".Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part == "..")
                parts.TryPop(out _);
            else if (part != ".")
                parts.Push(part);
        }

        return string.Join('/', parts.Reverse());
    }

    [GeneratedRegex(@"\]\(([^)#\s]+)[^)]*\)")]
    private static partial Regex Link();

    /// <summary>A path as one types it: it begins a line or a code span, or follows a blank, and has no placeholder or wildcard in it.</summary>
    [GeneratedRegex(@"(?:^|[`\s])(?:\./)?([a-z][a-z-]*/[A-Za-z0-9_./-]+)(?=[`\s,.;:)]|$)", RegexOptions.Multiline)]
    private static partial Regex Mention();
}
