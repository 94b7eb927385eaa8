using OrleansCluster.Cli.Hosting;
using OrleansCluster.Cli.Output;

namespace OrleansCluster.Cli.Jobs;

/// <summary>A line for each named task whose counts have changed.</summary>
internal sealed class JobLines(CliHost host)
{
    private readonly Dictionary<string, string> _shown = [];

    public void Show(JobView job)
    {
        foreach (var task in job.Tasks)
        {
            var text = JobText.Of(task);
            if (_shown.TryGetValue(task.Name, out var before) && before == text) continue;
            _shown[task.Name] = text;
            host.Out.WriteLine($"{ShortTime.Clock(host.Time.GetUtcNow())} {task.Name}: {text}");
        }

        host.Out.Flush();
    }
}
