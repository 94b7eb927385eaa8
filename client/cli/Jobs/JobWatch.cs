using OrleansCluster.Cli.Hosting;
using OrleansCluster.Cli.Output;

namespace OrleansCluster.Cli.Jobs;

/// <summary>Shows a job until it has ended: bars on a terminal, a line a change in a pipe, a document a change as JSON.</summary>
internal sealed class JobWatch(Invocation call)
{
    /// <returns>0 when it succeeded, 1 when it did not.</returns>
    public async Task<int> RunAsync(string jobId, CancellationToken cancellationToken)
    {
        call.WhenInterrupted = $"Interrupted. Job {jobId} goes on. See it again: ocs job watch {jobId}. Stop it: ocs job stop {jobId}";
        var views = call.Client.Jobs.WatchAsync(jobId, cancellationToken);
        var last = call switch
        {
            { IsJson: true } => await FollowAsync(views, call.Json.WriteLine),
            { Host.IsInteractive: true } => await new JobBars(call.Console).ShowAsync(views),
            _ => await FollowAsync(views, new JobLines(call.Host).Show),
        };
        if (!call.IsJson) WriteEnd(last);
        return last.Status == JobStatus.Succeeded ? ExitCode.Ok : ExitCode.JobFailed;
    }

    private static async Task<JobView> FollowAsync(IAsyncEnumerable<JobView> views, Action<JobView> show)
    {
        JobView? last = null;
        await foreach (var view in views)
        {
            show(view);
            last = view;
        }

        return last ?? throw new InvalidOperationException("A watch gives the job at least once.");
    }

    private void WriteEnd(JobView job)
    {
        var reason = job.Reason is { } known ? $": {Plain.Line(known)}" : "";
        call.Host.Out.WriteLine($"Job {job.Id} {Words.Of(job.Status)} after {ShortTime.Span(job.CreatedAt, job.EndedAt, call.Now)}{reason}");
        if (job.Status == JobStatus.Failed) call.Host.Out.WriteLine($"Its tasks: ocs task list --job {job.Id}");
    }
}
