using System.Collections.Immutable;

namespace OrleansCluster.Mutations.Copying;

/// <summary>The files under version control and those that are new, as they are on disk, of which the simulator is built.</summary>
internal sealed class SourceTree(string root, ImmutableArray<string> files)
{
    /// <summary>Files and folders that <c>tests/Simulator</c> and what it refers to are made of; files at the root besides.</summary>
    private static readonly string[] _needed =
    [
        "client/", "embedded/", "grain-interfaces/", "grains/", "infra/postgres/", "silo/Agent/", "silo/Api/Input/", "silo/Entry/", "tests/Simulator/", "tests/Directory.Build.props", "tests/Directory.Build.targets",
    ];

    public static async Task<SourceTree> Find(CancellationToken cancellationToken)
    {
        var root = FindRoot();
        var listed = await Child.Output("git", ["-C", root, "ls-files", "--cached", "--others", "--exclude-standard", "-z"], cancellationToken);
        var files = listed.Split('\0', StringSplitOptions.RemoveEmptyEntries).Where(file => IsNeeded(file) && File.Exists(Path.Combine(root, file)));
        return new SourceTree(root, [.. files]);
    }

    /// <summary>Copies the tree with all mutations woven in, to be switched on one at a time.</summary>
    /// <exception cref="MutationListException">The list no longer fits the code.</exception>
    public void CopyTo(string target, IReadOnlyCollection<Mutation> mutations)
    {
        var woven = Weave(mutations);
        foreach (var file in files)
        {
            var copy = PathIn(target, file);
            if (woven.TryGetValue(file, out var text))
                File.WriteAllText(copy, text);
            else
                File.Copy(Path.Combine(root, file), copy);
        }

        File.WriteAllText(PathIn(target, SwitchSource.Path), SwitchSource.Text);
    }

    /// <returns>The new text of each file that has a mutation.</returns>
    /// <exception cref="MutationListException">The list no longer fits the code.</exception>
    public IReadOnlyDictionary<string, string> Weave(IReadOnlyCollection<Mutation> mutations)
    {
        var faults = new List<string>();
        faults.AddRange(mutations.GroupBy(mutation => mutation.Name).Where(group => group.Count() > 1).Select(group => $"{group.Key}: there are {group.Count()} of that name"));
        var woven = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var ofFile in mutations.SelectMany(mutation => mutation.Edits.Select(edit => (mutation, edit))).GroupBy(entry => entry.edit.File, StringComparer.Ordinal))
        {
            if (files.Contains(ofFile.Key))
                woven.Add(ofFile.Key, Weaver.Weave(ofFile.Key, File.ReadAllText(Path.Combine(root, ofFile.Key)), ofFile, faults));
            else
                faults.AddRange(ofFile.Select(entry => $"{entry.mutation.Name}: there is no file {ofFile.Key}"));
        }

        return faults.Count == 0 ? woven : throw new MutationListException(faults);
    }

    private static bool IsNeeded(string file) => !file.Contains('/') || _needed.Any(needed => file.StartsWith(needed, StringComparison.Ordinal));

    private static string PathIn(string target, string file)
    {
        var path = Path.Combine(target, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return path;
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "OrleansCluster.sln")))
                return folder.FullName;
        }

        throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} holds OrleansCluster.sln: run it from a working tree.");
    }
}
