using System.Collections.Immutable;
using OrleansCluster.Cli.Hosting;

namespace OrleansCluster.Cli.Runs;

/// <summary>Follows a job of one named task to its end: what its containers write, and why it waits.</summary>
internal sealed class JobFollow(Invocation call, string jobId, int count, ImmutableArray<string> containers)
{
    private readonly RunOutput _output = new(call, count, containers);

    /// <returns>The exit code of its container.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var ended = new TaskCompletionSource();
        var notice = new WaitNotice(call, jobId, _output);
        var logs = Task.WhenAll(Tails().Select(tail => tail.FollowAsync(ended.Task, stop.Token)));
        var noticing = notice.WatchAsync(stop.Token);
        try
        {
            var job = await WatchAsync(notice, cancellationToken);
            ended.SetResult();
            await logs;
            return await EndAsync(job, cancellationToken);
        }
        finally
        {
            await stop.CancelAsync();
            await Task.WhenAll(logs, noticing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }
    }

    private IEnumerable<LogTail> Tails() =>
        from index in Enumerable.Range(0, count)
        from container in containers
        select new LogTail(call, jobId, index, container, _output);

    private async Task<JobView> WatchAsync(WaitNotice notice, CancellationToken cancellationToken)
    {
        JobView? last = null;
        await foreach (var job in call.Client.Jobs.WatchAsync(jobId, cancellationToken))
        {
            last = job;
            notice.IsWaiting = !job.HasEnded && job.Tasks.Any(task => task.Queued > 0);
        }

        return last ?? throw new InvalidOperationException("A watch gives the job at least once.");
    }

    private async Task<int> EndAsync(JobView job, CancellationToken cancellationToken)
    {
        var tasks = (await call.Client.Tasks.ListAsync(jobId, state: null, cancellationToken).ToListAsync(cancellationToken)).OrderBy(task => task.Index).ToList();
        foreach (var note in tasks.Select(RunExit.NoteOf).OfType<string>())
            _output.Say(note);
        var exitCode = RunExit.Of(job, tasks);
        _output.WriteEnd(job, exitCode, tasks);
        return exitCode;
    }
}
