using System.Text.Json;

namespace OrleansCluster.Testing;

/// <summary>Single tasks, and the cluster's events.</summary>
public sealed partial class SimulatedCluster
{
    private const int EventsInABatch = 500;

    /// <param name="taskId"><c>JOB.NAME.INDEX</c>, the index from 0.</param>
    /// <returns><see langword="null"/> where it has not been started, or there is no such task.</returns>
    public Task<TaskView?> GetTask(string taskId)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(taskId);
        return Ask(silo => silo.Engine.GetGrain<ITaskGrain>(GrainKeys.Task(Options.Cluster, taskId)).Get());
    }

    /// <summary>
    /// Runs until the task's attempt has come that far or farther: <see cref="TaskState.Running"/> until it runs or has run, <see cref="TaskState.Stopped"/>
    /// until it is over for good. It may be waited for before its job has started it.
    /// </summary>
    /// <exception cref="ArgumentException">There is no such job, or it has no such task.</exception>
    /// <exception cref="SimulationException">It has not within <see cref="SimulationOptions.Patience"/>, or its job has ended without it.</exception>
    public async Task<TaskView> WaitForTask(string taskId, TaskState state)
    {
        if (!TaskId.TryParse(taskId, out var jobId, out var name, out var index))
            throw new ArgumentException($"'{taskId}' is no task's id; expected JOB.NAME.INDEX.", nameof(taskId));
        if (!(await Existing(jobId)).Tasks.Any(task => task.Name == name && index < task.Count))
            throw new ArgumentException($"Job {jobId} has no task {name}.{index}.", nameof(taskId));
        TaskView? task = null;
        await Until(HasComeSoFar, $"task {taskId} is {state}");
        return task!;

        async Task<bool> HasComeSoFar()
        {
            task = await GetTask(taskId);
            if (task is null && (await Existing(jobId)).HasEnded && (task = await GetTask(taskId)) is null)
                throw new SimulationException(World, $"Job {jobId} has ended without starting task {taskId}.");
            return task?.State >= state;
        }
    }

    /// <summary>Stops a task for good; it has not ended yet when this returns. Stopping what has stopped changes nothing.</summary>
    /// <returns>The task; or a refusal: there is no such task.</returns>
    public Task<Answer<TaskView>> StopTask(string taskId, string reason)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(taskId);
        return Ask(silo => silo.Engine.GetGrain<ITaskGrain>(GrainKeys.Task(Options.Cluster, taskId)).Stop(StopCode.UserInitiated, reason));
    }

    /// <summary>Why a task waits for a node, counted over all nodes.</summary>
    /// <returns><see langword="null"/> where it does not, or the cluster has no scheduler of its own.</returns>
    public Task<PlacementExplanation?> Explain(string taskId)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(taskId);
        return TaskId.TryParse(taskId, out var jobId, out _, out _)
            ? Ask(silo => silo.Engine.GetGrain<ISchedulerGrain>(Options.Shards.KeyFor(Options.Cluster, jobId)).Explain(taskId))
            : Task.FromResult<PlacementExplanation?>(null);
    }

    /// <summary>What has happened so far, in order: <c>job.submitted</c>, <c>task.running</c>, <c>node.lost</c>.</summary>
    /// <param name="jobId">Only events of this job; <see langword="null"/> for all, also those of nodes.</param>
    /// <param name="after">Only events with a greater <see cref="ClusterEvent.Sequence"/>.</param>
    public async Task<IReadOnlyList<ClusterEvent>> ListEvents(string? jobId = null, long after = 0)
    {
        var events = new List<ClusterEvent>();
        var last = after;
        while (true)
        {
            var query = new EventQuery { After = last, Job = jobId, Limit = EventsInABatch, Wait = TimeSpan.Zero };
            var batch = await Ask(silo => silo.Engine.GetGrain<IEventsGrain>(GrainKeys.Events(Options.Cluster)).Read(query, CancellationToken.None));
            events.AddRange(batch.Events.Select(ToEvent));
            if (batch.Last == last)
                return events;
            last = batch.Last;
        }
    }

    private static ClusterEvent ToEvent(EventEntry entry) => new()
    {
        Sequence = entry.Sequence,
        Time = entry.Time,
        Type = entry.Type,
        Subject = entry.Subject,
        Job = entry.Job,
        Data = JsonElement.Parse(entry.Json),
    };
}
