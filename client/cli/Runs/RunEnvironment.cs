using System.Collections.Immutable;
using OrleansCluster.Cli.Failures;

namespace OrleansCluster.Cli.Runs;

/// <summary>Variables as they are given: <c>--env NAME=VALUE</c>.</summary>
internal static class RunEnvironment
{
    /// <summary>Of two with one name the last counts, as in a shell.</summary>
    public static ImmutableSortedDictionary<string, string> Parse(IEnumerable<string> words)
    {
        var variables = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var word in words)
        {
            var equals = word.IndexOf('=', StringComparison.Ordinal);
            if (equals < 1)
                throw CliException.Usage($"--env '{word}' is no variable; expected NAME=VALUE.");
            variables[word[..equals]] = word[(equals + 1)..];
        }

        return variables.ToImmutable();
    }
}
