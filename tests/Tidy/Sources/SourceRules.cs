using System.Collections.Immutable;

namespace OrleansCluster.Tests.Tidy.Sources;

/// <summary>What the compiler and the analyzers do not see. Each rule gives one line for each thing to put right.</summary>
internal static class SourceRules
{
    public const int LongestFile = 400;

    private static readonly string[] _production = ["client", "embedded", "grain-interfaces", "grains", "silo"];
    private static readonly string[] _onEngine = ["embedded", "grain-interfaces", "grains", "silo"];

    // Split, so that this file does not find itself.
    private static readonly ImmutableArray<BannedText> _banned =
    [
        new("Task" + ".Run(", "it leaves the grain's scheduler and the simulator's thread; start the work from a grain timer or a hosted loop", ["grains", "embedded", "silo/Agent"], ""),
        new("Configure" + "Await(", "leave it out: code continues on its own scheduler", _onEngine, "ContinueOnCapturedContext"),
        new("#" + "if ", "grains are written once for all engines; choose a file by the Engine property instead", ["grains", "grain-interfaces"], ""),
        new("Not" + "ImplementedException", "finish it or leave it out", [], ""),
        new("TO" + "DO", "do it now, or write it where work is planned", [], ""),
        new("FIX" + "ME", "do it now, or write it where work is planned", [], ""),
        .. LogMethods().Select(method => new BannedText($".{method}(", "log through a [LoggerMessage] method", _production, "")),
    ];

    public static IEnumerable<string> FindBannedText(SourceFile file) => _banned.SelectMany(banned => banned.FindIn(file));

    public static IEnumerable<string> FindLongFile(SourceFile file) =>
        file.Lines.Length > LongestFile ? [$"{file.Path} has {file.Lines.Length} lines: split it, at most {LongestFile}"] : [];

    /// <summary>Top-level folders that do not say what lives in them; those that begin with a dot belong to tools.</summary>
    public static IEnumerable<string> FindFoldersWithoutReadme(IReadOnlyCollection<string> files) =>
        files
            .Where(path => path.Contains('/') && path[0] != '.')
            .Select(path => path[..path.IndexOf('/')])
            .Distinct(StringComparer.Ordinal)
            .Where(folder => !files.Contains($"{folder}/README.md"))
            .Select(folder => $"{folder}/ has no README.md: say in a few lines what lives there and what may not");

    private static IEnumerable<string> LogMethods() =>
        new[] { "Trace", "Debug", "Information", "Warning", "Error", "Critical" }.Select(level => $"Log{level}");
}
