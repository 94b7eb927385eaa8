namespace OrleansCluster.Silo.Agent.Docker;

/// <summary>
/// With an init as process 1, a command that cannot be executed is no failed start to Docker: the container starts, and its init ends at
/// once, with a word on stderr. Without this, a missing binary would look like any other exit code.
/// </summary>
internal static class InitReport
{
    private const string Mark = "[FATAL tini (";

    /// <summary>The exit codes of a command that is not there or may not be executed, where Docker itself says nothing.</summary>
    public static bool IsPossible(ContainerInfo info) => info is { Status: ContainerStatus.Stopped, ExitCode: 126 or 127, Error: "" };

    /// <summary>The init's own words, if the log begins with them.</summary>
    public static async Task<string?> Read(IAsyncEnumerable<LogLine> log)
    {
        await foreach (var line in log)
        {
            var end = line.Text.IndexOf(')', StringComparison.Ordinal);
            var isReport = line.Stream == "stderr" && line.Text.StartsWith(Mark, StringComparison.Ordinal);
            return isReport && end > 0 ? line.Text[(end + 1)..].TrimStart(']', ' ') : null;
        }

        return null;
    }
}
