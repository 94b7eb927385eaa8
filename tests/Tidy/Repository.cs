using System.Diagnostics;

namespace OrleansCluster.Tests.Tidy;

/// <summary>The files under version control.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>Paths relative to the root, with forward slashes.</summary>
    public static IReadOnlyList<string> Files { get; } = ListFiles();

    public static IEnumerable<SourceFile> CSharpFiles() =>
        Files.Where(path => path.EndsWith(".cs", StringComparison.Ordinal) && File.Exists(Path.Combine(Root, path))).Select(Read);

    public static SourceFile Read(string path) => new(path, [.. File.ReadLines(Path.Combine(Root, path))]);

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "OrleansCluster.sln")))
                return folder.FullName;
        }

        throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} holds OrleansCluster.sln: run these tests from a working tree.");
    }

    private static string[] ListFiles()
    {
        var start = new ProcessStartInfo("git", ["ls-files", "--cached", "-z"]) { WorkingDirectory = Root, RedirectStandardOutput = true };
        using var git = Process.Start(start) ?? throw new InvalidOperationException("git could not be started; these tests ask it which files belong to the project.");
        var output = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        return git.ExitCode == 0
            ? output.Split('\0', StringSplitOptions.RemoveEmptyEntries)
            : throw new InvalidOperationException($"git ls-files ended with {git.ExitCode} in {Root}: these tests need a clone, not a bare copy of the files.");
    }
}
