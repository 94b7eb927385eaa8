using OrleansCluster.Cli.Hosting;
using OrleansCluster.Cli.Output;
using OrleansCluster.Client;

namespace OrleansCluster.Cli.Runs;

/// <summary>Says why a task waits for a node, when it waits for longer than a moment, and again when the reason has changed.</summary>
internal sealed class WaitNotice(Invocation call, string jobId, RunOutput output)
{
    private static readonly TimeSpan _pause = TimeSpan.FromSeconds(1);

    private string _said = "";

    /// <summary>Whether there is a task that waits, as far as is known.</summary>
    public bool IsWaiting { get; set; }

    public async Task WatchAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await Task.Delay(_pause, call.Host.Time, cancellationToken);
            if (IsWaiting)
                await SayAsync(cancellationToken);
        }
    }

    private async Task SayAsync(CancellationToken cancellationToken)
    {
        try
        {
            var page = await call.Client.Tasks.GetPageAsync(jobId, TaskState.Provisioning, new PageRequest { Limit = 1 }, cancellationToken);
            if (page.Items is not [var task])
                return;
            var explanation = await call.Client.Tasks.ExplainAsync(task.Id, cancellationToken);
            var text = $"{task.Id} is {Words.Of(explanation.State)}: {explanation.Summary}";
            if (text != _said && explanation.State == TaskState.Provisioning)
                output.Say(_said = text);
        }
        catch (Exception exception) when (exception is ClusterApiException or ClusterUnreachableException)
        {
            // Whether the cluster is there is told by whoever watches the job.
        }
    }
}
