using OrleansCluster.Cli.Hosting;
using OrleansCluster.Client;

namespace OrleansCluster.Cli.Runs;

/// <summary>Follows one container of a task through all its attempts, from before there is a task until its job has ended.</summary>
internal sealed class LogTail(Invocation call, string jobId, int index, string container, RunOutput output)
{
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(200);

    private readonly string _task = TaskId.Of(jobId, RunRequest.Task, index);

    /// <param name="jobEnded">Completed once no attempt will follow any more.</param>
    public async Task FollowAsync(Task jobEnded, CancellationToken cancellationToken)
    {
        for (var attempt = 1; await HasAttemptAsync(attempt, jobEnded, cancellationToken); attempt++)
        {
            try
            {
                await foreach (var line in call.Client.Tasks.FollowLogsAsync(_task, new LogQuery { Container = container, Attempt = attempt }, cancellationToken))
                    output.Write(_task, index, attempt, container, line);
            }
            catch (ClusterApiException exception)
            {
                output.Say($"the log of {_task}, attempt {attempt}, cannot be read: {exception.Title}");
            }
        }
    }

    /// <summary>Waits for it; the task is there a moment after its job, and the next attempt a moment after one that was lost.</summary>
    private async Task<bool> HasAttemptAsync(int attempt, Task jobEnded, CancellationToken cancellationToken)
    {
        while (true)
        {
            // Looked at before the task: what the task shows then is its last.
            var isLast = jobEnded.IsCompleted;
            if (await FindAsync(cancellationToken) is { } task && task.Attempt >= attempt)
                return true;
            if (isLast)
                return false;
            await Task.WhenAny(jobEnded, Task.Delay(_pause, call.Host.Time, cancellationToken));
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private async Task<TaskView?> FindAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await call.Client.Tasks.GetAsync(_task, cancellationToken);
        }
        catch (ClusterApiException exception) when (exception.Status == 404)
        {
            return null;
        }
    }
}
