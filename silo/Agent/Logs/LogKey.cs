using System.Globalization;

namespace OrleansCluster.Silo.Agent.Logs;

/// <summary>Which container's log. Task ids and container names were validated where they came in; here they become paths, so they are looked at again.</summary>
internal readonly record struct LogKey(string TaskId, int Attempt, string Container)
{
    public bool IsValid => Attempt >= 0 && IsName(TaskId) && IsName(Container);

    /// <summary>Below the folder of all logs, without an extension.</summary>
    public string Path => IsValid
        ? System.IO.Path.Combine(TaskId, Attempt.ToString(CultureInfo.InvariantCulture), Container)
        : throw new ArgumentException($"'{TaskId}', attempt {Attempt}, '{Container}' cannot name a log.");

    private static bool IsName(string? value) =>
        value is { Length: > 0 and <= 200 } && char.IsAsciiLetterOrDigit(value[0]) && value.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_');
}
