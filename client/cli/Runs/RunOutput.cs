using System.Collections.Immutable;
using OrleansCluster.Cli.Hosting;
using OrleansCluster.Cli.Output;

namespace OrleansCluster.Cli.Runs;

/// <summary>What containers write: to the same of our own outputs, and said whose it is where there are several. As JSON, a document a line.</summary>
internal sealed class RunOutput(Invocation call, int count, ImmutableArray<string> containers)
{
    // Several followers write.
    private readonly Lock _lock = new();

    public void Write(string taskId, int index, int attempt, string container, LogLine line)
    {
        lock (_lock)
        {
            if (call.IsJson)
            {
                call.Json.WriteLine(new { Task = taskId, Attempt = attempt, Container = container, line.Time, line.Stream, line.Text });
                return;
            }

            var output = line.Stream == "stderr" ? call.Host.Error : call.Host.Out;
            output.WriteLine(Origin(index, container) + line.Text);
            output.Flush();
        }
    }

    /// <summary>A word of ours.</summary>
    public void Say(string text)
    {
        lock (_lock)
            call.Host.Error.WriteLine(Plain.Line($"ocs: {text}"));
    }

    public void WriteEnd(JobView job, int exitCode, IReadOnlyList<TaskView> tasks)
    {
        if (call.IsJson)
            call.Json.WriteLine(new { Job = job.Id, job.Status, ExitCode = exitCode, Tasks = tasks });
    }

    private string Origin(int index, string container) => (count > 1, containers.Length > 1) switch
    {
        (false, false) => "",
        (true, false) => $"[{index}] ",
        (false, true) => $"[{container}] ",
        _ => $"[{index} {container}] ",
    };
}
