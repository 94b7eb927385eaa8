using System.Collections.Immutable;
using System.Text;

namespace OrleansCluster.Files.Compose;

/// <summary>A Compose file as services of the cluster, each named by its project and itself. All that it cannot be is told at once, with lines.</summary>
internal sealed record ComposeFile(ImmutableArray<ComposeService> Services, SourceMap Map)
{
    private const int LongestName = 63;

    /// <param name="text"><see langword="null"/> to read the file.</param>
    /// <param name="project"><see langword="null"/> for what the file says, or its folder's name.</param>
    /// <exception cref="SourceFileException">It cannot be read, or asks for what is not supported.</exception>
    public static ComposeFile Read(string file, string? text, string? project)
    {
        var document = SourceFile.OpenForeign(file, text);
        var faults = new List<LocatedFault>();
        var folder = text is null ? Path.GetDirectoryName(Path.GetFullPath(file)) : null;
        var root = new ComposeNode(document.Root, "", fault => faults.Add(document.Map.Locate(fault)));
        var services = ReadAll(root, project, folder);
        return faults.Count == 0 ? new ComposeFile(services, document.Map) : throw SourceFileException.Of(file, [.. faults.OrderBy(fault => fault.Line).ThenBy(fault => fault.Column)]);
    }

    private static ImmutableArray<ComposeService> ReadAll(ComposeNode root, string? project, string? folder)
    {
        foreach (var (key, value) in root.Members().Where(member => !(member.Name is "services" or "name" or "version" || member.Name.StartsWith("x-", StringComparison.Ordinal))))
            value.Fault($"\"{key}\" is not supported.");
        var prefix = project ?? root.Members().FirstOrDefault(member => member.Name == "name").Value?.Text() ?? NameOf(folder);
        if (prefix is null || !IsName(prefix)) root.Fault($"'{prefix}' is no project's name; name it with --project: lower-case letters, digits and hyphens, beginning with a letter.");
        var services = root.Members().FirstOrDefault(member => member.Name == "services").Value;
        if (services is null) root.Fault("It has no services; expected \"services\".");
        return [.. services?.Members().Select(member => Read(member.Name, member.Value, prefix ?? "", folder)) ?? []];
    }

    private static ComposeService Read(string key, ComposeNode node, string prefix, string? folder)
    {
        var name = $"{prefix}-{key}";
        if (IsName(prefix) && !IsName(name)) node.Fault($"'{name}' would be its name, and is none: expected lower-case letters, digits and hyphens, {LongestName} at most.");
        return new ComposeService(new ComposeServiceReader(name, folder).Read(node), node.Path);
    }

    private static bool IsName(string text) =>
        text.Length is > 0 and <= LongestName && char.IsAsciiLetterLower(text[0]) && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    /// <summary>As Compose makes it of a folder: in lower case, without what a name may not have.</summary>
    private static string? NameOf(string? folder)
    {
        var name = new StringBuilder();
        foreach (var c in (Path.GetFileName(folder) ?? "").ToLowerInvariant())
        {
            if (char.IsAsciiLetterLower(c) || (name.Length > 0 && (char.IsAsciiDigit(c) || c == '-'))) name.Append(c);
        }

        return name.Length == 0 ? null : name.ToString();
    }
}
