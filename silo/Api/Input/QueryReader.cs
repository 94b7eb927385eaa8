using System.Globalization;
using OrleansCluster.Silo.Api.Json;
using OrleansCluster.Silo.Api.Problems;

namespace OrleansCluster.Silo.Api.Input;

/// <summary>
/// Reads a query as strictly as a body: every fault is noted, unknown and repeated names too, because a misspelt filter that is ignored shows
/// the wrong things. Ask for everything first, then for <see cref="Finish"/>.
/// </summary>
internal sealed class QueryReader(IQueryCollection query)
{
    private readonly List<string> _asked = [];
    private readonly FaultList _faults = new();

    public string Cluster()
    {
        var cluster = Text(QueryParameters.Cluster) ?? ApiNames.DefaultCluster;
        if (!ApiNames.IsCluster(cluster))
            Fault(QueryParameters.Cluster, $"\"{cluster}\" is no cluster's name: expected 1 to 63 lower-case letters, digits and hyphens, beginning with a letter.");
        return cluster;
    }

    public string? Text(QueryParameter parameter)
    {
        _asked.Add(parameter.Name);
        if (!query.TryGetValue(parameter.Name, out var values))
            return null;
        if (values.Count > 1)
            Fault(parameter, $"\"{parameter.Name}\" is there {values.Count} times.");
        return values[0] is { Length: > 0 } text ? text : null;
    }

    public long? Number(QueryParameter parameter)
    {
        if (Text(parameter) is not { } text)
            return parameter.Default;
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number >= parameter.Smallest && number <= parameter.Largest)
            return number;
        Fault(parameter, $"Expected a whole number from {parameter.Smallest} to {parameter.Largest}, found \"{text}\".");
        return parameter.Default;
    }

    /// <summary>As RFC 3339 spells it; without an offset it is UTC.</summary>
    public DateTimeOffset? Time(QueryParameter parameter)
    {
        if (Text(parameter) is not { } text)
            return null;
        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time))
            return time;
        Fault(parameter, $"Expected a time such as 2026-11-28T00:00:00Z, found \"{text}\".");
        return null;
    }

    public (string? After, int Limit) Paging() =>
        (Text(QueryParameters.After), (int)(Number(QueryParameters.Limit) ?? QueryParameters.StandardLimit));

    /// <summary>What to wait for, another version than the caller's, and for how long.</summary>
    public (long? Version, TimeSpan Wait) Watch()
    {
        var version = Number(QueryParameters.Version);
        var wait = TimeSpan.FromSeconds(Number(QueryParameters.Wait) ?? 0);
        if (wait > TimeSpan.Zero && version is null)
            Fault(QueryParameters.Wait, "Expected \"version\" beside it: what to wait for is another version than that.");
        return (version, wait);
    }

    /// <summary>The name alone stands for true.</summary>
    public bool Flag(QueryParameter parameter)
    {
        var text = Text(parameter) ?? (query.ContainsKey(parameter.Name) ? "true" : "false");
        if (text is not ("true" or "false"))
            Fault(parameter, $"Expected true or false, found \"{text}\".");
        return text == "true";
    }

    public T? Word<T>(QueryParameter parameter)
        where T : struct, Enum
    {
        if (Text(parameter) is not { } text)
            return null;
        foreach (var (word, value) in parameter.Words.Zip(Enum.GetValues<T>()))
        {
            if (word.Equals(text, StringComparison.OrdinalIgnoreCase))
                return value;
        }

        Fault(parameter, $"Expected one of {string.Join(", ", parameter.Words)}, found \"{text}\".");
        return null;
    }

    public void Fault(QueryParameter parameter, string message) => _faults.Add($"?{parameter.Name}", message);

    /// <summary>The problem with the query, if there is one.</summary>
    public Problem? Finish()
    {
        foreach (var name in query.Keys.Where(name => !_asked.Contains(name, StringComparer.OrdinalIgnoreCase)))
            _faults.Add($"?{name}", $"Unknown parameter \"{name}\"; {NearestName.Hint(name, _asked)}");
        return _faults.IsEmpty ? null : Problem.Of(ProblemKind.InvalidQuery, "The query is not understood.", _faults.ToImmutable());
    }
}
