using OrleansCluster.Cli.Output;

namespace OrleansCluster.Cli.Failures;

/// <summary>Tells a failure on stderr: each fault on a line that editors can jump to, then what it comes to.</summary>
internal sealed class FailureReport(TextWriter error, bool isJson)
{
    /// <returns>The exit code.</returns>
    public int Write(Failure failure)
    {
        if (isJson)
        {
            new JsonOutput(error).Write(failure);
            return failure.ExitCode;
        }

        foreach (var fault in failure.Faults)
            error.WriteLine(Plain.Line(fault.Text));
        error.WriteLine(Plain.Line($"ocs: {failure.Title}"));
        if (failure.Detail is { } detail) error.WriteLine(Plain.Line($"     {detail}"));
        return failure.ExitCode;
    }
}
