using System.Text.RegularExpressions;

namespace OrleansCluster.Tests.Api.Telemetry;

/// <summary>Finds the metrics that a query names: what is left of it without labels, durations, functions and words of the language.</summary>
internal static partial class PromQl
{
    private static readonly HashSet<string> _words = ["and", "or", "unless", "bool", "offset", "on", "ignoring", "by", "without", "group_left", "group_right", "inf", "nan"];

    public static IEnumerable<string> MetricsIn(string query) => Name()
        .Matches(Noise().Replace(query, " "))
        .Select(match => match.Value)
        .Where(name => !_words.Contains(name));

    [GeneratedRegex("""\{[^}]*\}|\[[^\]]*\]|"[^"]*"|\b(?:by|without|on|ignoring)\s*\([^)]*\)""")]
    private static partial Regex Noise();

    [GeneratedRegex(@"\b[a-zA-Z_:][a-zA-Z0-9_:]*\b(?!\s*\()")]
    private static partial Regex Name();
}
