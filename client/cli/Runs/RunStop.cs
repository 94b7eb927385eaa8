using OrleansCluster.Cli.Failures;
using OrleansCluster.Cli.Hosting;
using OrleansCluster.Cli.Output;
using OrleansCluster.Client;

namespace OrleansCluster.Cli.Runs;

/// <summary>Leaves nothing behind when the user presses Ctrl-C: stops the job and waits for its end. A second Ctrl-C ends the process at once.</summary>
internal sealed class RunStop(Invocation call)
{
    /// <summary>To find the job, and for the cluster to take the stop.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);

    /// <param name="find">Finds the job; the token is over when patience is.</param>
    /// <returns>What to end with.</returns>
    public async Task<Exception> InterruptAsync(Func<CancellationToken, Task<JobView>> find)
    {
        using var patience = new CancellationTokenSource(_patience, call.Host.Time);
        JobView? job = null;
        try
        {
            job = await find(patience.Token);
            call.Host.Error.WriteLine($"ocs: Interrupted: stopping job {job.Id}. A second Ctrl-C leaves without waiting for its end.");
            job = await call.Client.Jobs.StopAsync(job.Id, "interrupted where it was run", patience.Token);
            await foreach (var view in call.Client.Jobs.WatchAsync(job.Id, CancellationToken.None))
                job = view;
            return new InterruptedException($"Interrupted. Job {job.Id} is {Words.Of(job.Status)}.");
        }
        catch (Exception exception) when (exception is ClusterUnreachableException or OperationCanceledException)
        {
            return new CliException(new Failure
            {
                Type = "urn:ocs:problem:interrupted",
                Title = job is null ? "Interrupted before the cluster had answered; the job may run." : $"Interrupted, and the stop was not answered: job {job.Id} may go on.",
                Detail = job is null ? "See: ocs job list" : $"Stop it: ocs job stop {job.Id}",
                ExitCode = ExitCode.Interrupted,
            });
        }
    }
}
