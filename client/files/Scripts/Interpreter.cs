using System.Collections.Immutable;

namespace OrleansCluster.Files.Scripts;

/// <summary>What a script's first line asks for. The script goes to it as an argument: a container has no file of it, and needs nothing else for it.</summary>
internal static class Interpreter
{
    /// <summary>By the option that takes a script.</summary>
    private static readonly (string Option, string[] Names)[] _known =
    [
        ("-c", ["sh", "ash", "bash", "dash", "ksh", "zsh", "python"]),
        ("-e", ["perl", "ruby", "node", "lua"]),
    ];

    /// <param name="line">Beginning with <c>#!</c>.</param>
    /// <returns>The words before the script, or what is wrong with the line.</returns>
    public static (ImmutableArray<string> Words, string? Fault) Parse(string line)
    {
        // As Linux does it: a path, and all the rest is one argument. But env finds the interpreter where the container has it, and need not be there itself.
        var words = line[2..].Trim().Split((char[]?)null, 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (words.Length == 2 && NameOf(words[0]) == "env")
            words = [.. words[1].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Where(word => word != "-S")];
        if (words.Length == 0)
            return ([], "no interpreter is named; expected one such as #!/bin/sh");
        var option = _known.FirstOrDefault(known => known.Names.Contains(Family(NameOf(words[0])), StringComparer.Ordinal)).Option;
        return option is null
            ? ([], $"'{words[0]}' is no interpreter that is known to take a script as an argument; expected one of {string.Join(", ", _known.SelectMany(known => known.Names))}")
            : ([.. words, option], null);
    }

    private static string NameOf(string path) => path[(path.LastIndexOf('/') + 1)..];

    /// <summary>Without a version: <c>python3.12</c> is a python.</summary>
    private static string Family(string name) => name.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '.');
}
