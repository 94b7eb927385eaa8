using System.Runtime.CompilerServices;
using System.Text.Json;
using OrleansCluster.Client.Calls;

namespace OrleansCluster.Client;

/// <summary>
/// A cluster, over its grains: the grains themselves, by their interfaces, and what takes more than one call of them. Safe for use by several
/// threads, and from within grains. What the cluster refuses is an answer; exceptions are of the way to it. Methods whose names end in Async repeat
/// their calls for as long as <see cref="ClusterGrainsOptions.Patience"/> says, and then throw the last failure, such as a
/// <see cref="TimeoutException"/>; calls of the grains themselves are not repeated.
/// </summary>
public sealed class ClusterGrains
{
    /// <summary>A poll is short, so that one that was lost with its silo is soon asked anew.</summary>
    private static readonly TimeSpan _pollStep = TimeSpan.FromSeconds(3);

    /// <summary>What an answer may take beyond the poll itself. Giving one up that was only slow costs a second poll.</summary>
    private static readonly TimeSpan _grace = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan _callLimit = TimeSpan.FromSeconds(5);

    /// <summary>A submission registers its definitions first.</summary>
    private static readonly TimeSpan _submissionLimit = TimeSpan.FromSeconds(30);

    private readonly IGrainFactory _grains;
    private readonly string _cluster;
    private readonly IJobKeySource _keys;
    private readonly TimeProvider _clock;
    private readonly RepeatedCall _repeated;

    public ClusterGrains(IGrainFactory grains, ClusterGrainsOptions options, TimeProvider clock, IJobKeySource keys)
    {
        _grains = grains;
        _cluster = options.Cluster;
        _keys = keys;
        _clock = clock;
        _repeated = new RepeatedCall(options.Patience, clock);
    }

    /// <summary>The cluster's events.</summary>
    public IEventsGrain Events => _grains.GetGrain<IEventsGrain>(GrainKeys.Events(_cluster));

    /// <summary>A job, which may or may not be there.</summary>
    public IJobGrain Job(string jobId) => _grains.GetGrain<IJobGrain>(GrainKeys.Job(_cluster, jobId));

    /// <summary>A schedule, which may or may not be there.</summary>
    public IScheduleGrain Schedule(string name) => _grains.GetGrain<IScheduleGrain>(GrainKeys.Schedule(_cluster, name));

    /// <summary>A service, which may or may not be there.</summary>
    public IServiceGrain Service(string name) => _grains.GetGrain<IServiceGrain>(GrainKeys.Service(_cluster, name));

    /// <summary>A framework, which may or may not be there.</summary>
    public IFrameworkGrain Framework(string name) => _grains.GetGrain<IFrameworkGrain>(GrainKeys.Framework(_cluster, name));

    /// <summary>A task by its name, <c>job.name.index</c> or <c>service.slot.number</c>. It can be held before its job has started it, or is even there.</summary>
    public ITaskGrain Task(string taskId) => _grains.GetGrain<ITaskGrain>(GrainKeys.Task(_cluster, taskId));

    /// <summary>A node, by its name.</summary>
    public INodeGrain Node(string name) => _grains.GetGrain<INodeGrain>(GrainKeys.Node(_cluster, name));

    /// <summary>Submits a job under a new key: safe against lost answers, but not against a second call. Durable when it returns.</summary>
    /// <returns>The job; or, refused, every fault of it, and nothing has changed.</returns>
    public Task<Answer<JobView>> SubmitAsync(JobSpec job, CancellationToken cancellationToken = default) => SubmitAsync(job, _keys.NewKey(), cancellationToken);

    /// <summary>Submits a job once, however often it is called with this key, by whomever. The job's id is its name, a hyphen and the key.</summary>
    /// <param name="key">Lower-case letters, digits and hyphens, 1 to 64 of them, such as a date: keys count within one job name.</param>
    /// <returns>The job; or, refused, every fault of it, or the conflict with another job under this key, and nothing has changed.</returns>
    public Task<Answer<JobView>> SubmitAsync(JobSpec job, string key, CancellationToken cancellationToken = default) =>
        _repeated.Run(token => Job($"{job.Name}-{key}").Submit(job).WaitAsync(token), _submissionLimit, cancellationToken);

    /// <summary>Where a job's first tasks would run if it were submitted now, and what would wait. Nothing changes.</summary>
    /// <returns>The plan; or, refused, every fault of the job.</returns>
    public Task<Answer<JobPlan>> PlanAsync(JobSpec job, CancellationToken cancellationToken = default)
    {
        var id = $"{job.Name}-{_keys.NewKey()}";
        return _repeated.Run(token => Job(id).Plan(job).WaitAsync(token), _submissionLimit, cancellationToken);
    }

    /// <summary>Submits a job and places it as planned, all or nothing. Safe to repeat: one plan is one job.</summary>
    /// <returns>The job; or, refused, every fault of it, or the nodes that have changed since, and nothing was placed.</returns>
    public Task<Answer<JobView>> SubmitPlanAsync(JobPlan plan, CancellationToken cancellationToken = default) =>
        _repeated.Run(token => Job(plan.JobId).SubmitPlan(plan).WaitAsync(token), _submissionLimit, cancellationToken);

    /// <summary>Waits for a job's end.</summary>
    /// <returns>The job, ended; or a refusal: there is no such job.</returns>
    public async Task<Answer<JobView>> WaitForJobAsync(string jobId, CancellationToken cancellationToken = default)
    {
        var job = await GetJob(jobId, cancellationToken);
        while (job is { HasEnded: false })
        {
            var version = job.Version;
            job = await Poll(token => Job(jobId).Watch(version, _pollStep, token), cancellationToken);
        }

        return job is null ? NoJob(jobId) : job;
    }

    /// <summary>Waits for a task's end, and before that for its start: its last attempt is over, and there will be no other.</summary>
    /// <returns>The task, stopped; or a refusal: there is no such task, or there will not be, since its job has ended without it.</returns>
    public async Task<Answer<TaskView>> WaitForTaskAsync(string taskId, CancellationToken cancellationToken = default)
    {
        // The first time without a wait: whether there can be such a task is to be known at once.
        var task = await GetTask(taskId, cancellationToken);
        while (task is not { State: TaskState.Stopped })
        {
            if (task is null && await FindObstacle(taskId, cancellationToken) is { } refusal)
                return refusal;
            var (attempt, state) = task is null ? default : (task.Attempt, task.State);
            task = await Poll(token => Task(taskId).Watch(attempt, state, _pollStep, token), cancellationToken);
        }

        return task;
    }

    /// <summary>Waits until a task is as well as that, or has stopped; before that for its start.</summary>
    /// <returns>The task, in that health or stopped; or a refusal as by <see cref="WaitForTaskAsync"/>.</returns>
    public async Task<Answer<TaskView>> WaitForHealthAsync(string taskId, HealthStatus health, CancellationToken cancellationToken = default)
    {
        var task = await GetTask(taskId, cancellationToken);
        while (task is not { State: TaskState.Stopped } && task?.Health != health)
        {
            if (task is null && await FindObstacle(taskId, cancellationToken) is { } refusal)
                return refusal;
            var (attempt, state, known) = task is null ? default : (task.Attempt, task.State, task.Health);
            task = await Poll(token => Task(taskId).WatchHealth(attempt, state, known, _pollStep, token), cancellationToken);
        }

        return task;
    }

    /// <summary>Asks for a checkpoint of a task that runs, and waits until it is stored. A call that is repeated asks for another one.</summary>
    /// <returns>The checkpoint; or a refusal: there is no such task, its definition has none, it does not run, or none could be taken.</returns>
    public async Task<Answer<TaskCheckpoint>> CheckpointAsync(string taskId, CancellationToken cancellationToken = default)
    {
        var asked = await _repeated.Run(token => Task(taskId).RequestCheckpoint().WaitAsync(token), _callLimit, cancellationToken);
        if (!asked.IsAccepted)
            return asked.Refusal;
        var (known, request) = (asked.Value, asked.Value.Requested);
        while (known.Answered < request)
            known = (await Poll(token => Task(taskId).WatchCheckpoint(request, _pollStep, token), cancellationToken))?.Checkpoints ?? known;
        return known.Kept.FirstOrDefault(kept => kept.Number == known.AnsweredBy) is { } checkpoint
            ? checkpoint
            : Refusal.Conflict(known.Failure ?? $"The checkpoint of task {taskId} is not kept any more.");
    }

    /// <summary>
    /// Runs a scheduler until it is done or the token is cancelled: registers the framework, keeps its snapshot up to date, asks it whenever something has changed, commits what it
    /// decides, and acknowledges its tasks' updates once they have been told. One run at a time: where a later one begins, the earlier one ends.
    /// </summary>
    /// <param name="token">Of the framework, 16 to 128 visible ASCII characters: with the same one a later run takes over the tasks.</param>
    /// <returns><see langword="null"/> when the scheduler is done; or what the cluster has refused: faults of the framework or of a decision, another token, a framework that was removed, a later run.</returns>
    public async Task<Refusal?> RunSchedulerAsync(FrameworkSpec framework, string token, IScheduler scheduler, CancellationToken cancellationToken = default)
    {
        var calls = new FrameworkCalls(Framework(framework.Name), _grains.GetGrain<IClusterViewGrain>(GrainKeys.Cluster(_cluster)), token, _repeated);
        try
        {
            await new SchedulerRun(calls, framework, scheduler, _clock, _keys.NewKey()).RunAsync(cancellationToken);
            return null;
        }
        catch (FrameworkRefusedException refused)
        {
            return refused.Refusal;
        }
        catch (SchedulerFollowedException followed)
        {
            return Refusal.Conflict(followed.Message);
        }
    }

    /// <summary>The newest event's <see cref="ClusterEvent.Sequence"/>; 0 when there is none.</summary>
    public Task<long> GetLastEventAsync(CancellationToken cancellationToken = default) => _repeated.Run(token => Events.Last(token), _callLimit, cancellationToken);

    /// <summary>Events in order, those there are and those to come, without end: stop by the token. Every event is given once, whatever fails meanwhile.</summary>
    /// <param name="after">The <see cref="ClusterEvent.Sequence"/> to go on after; 0 for all that the cluster has kept.</param>
    /// <param name="jobId"><see langword="null"/> for all jobs, and for what belongs to none.</param>
    public async IAsyncEnumerable<ClusterEvent> ReadEventsAsync(
        long after, string? jobId, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var last = after;
        while (true)
        {
            var query = new EventQuery { After = last, Job = jobId, Wait = _pollStep };
            var batch = await Poll(token => Events.Read(query, token), cancellationToken);
            foreach (var entry in batch.Events)
                yield return ToEvent(entry);
            last = batch.Last;
        }
    }

    /// <summary>Why a task that is not there will never be; <see langword="null"/> where it may still be started.</summary>
    private async Task<Refusal?> FindObstacle(string taskId, CancellationToken cancellationToken)
    {
        if (!TaskId.TryParse(taskId, out var jobId, out var name, out var index))
            return Refusal.NotFound($"'{taskId}' is no task's id: expected JOB.NAME.INDEX or SERVICE.SLOT.NUMBER.");
        if (TaskId.IsOfService(taskId))
            return await FindObstacleInService(jobId, taskId, cancellationToken);
        if (await GetJob(jobId, cancellationToken) is not { } job)
            return NoJob(jobId);
        if (!job.Tasks.Any(task => task.Name == name && index < task.Count))
            return Refusal.NotFound($"Job {jobId} has no task {name}.{index}: it has {string.Join(", ", job.Tasks.Select(task => $"{task.Name}.0 to {task.Name}.{task.Count - 1}"))}.");

        // It may have been started after it was looked for, and before the job ended.
        return job.HasEnded && await GetTask(taskId, cancellationToken) is null
            ? Refusal.NotFound($"Job {jobId} has ended ({job.Status}) without starting task {name}.{index}.")
            : null;
    }

    /// <summary>A service lists a task before it is started.</summary>
    private async Task<Refusal?> FindObstacleInService(string name, string taskId, CancellationToken cancellationToken)
    {
        var service = await _repeated.Run(token => Service(name).Get().WaitAsync(token), _callLimit, cancellationToken);
        return service switch
        {
            null => Refusal.NotFound($"There is no service {name}."),
            _ when service.Tasks.Any(task => task.Id == taskId) => null,
            _ => await GetTask(taskId, cancellationToken) is null ? Refusal.NotFound($"Service {name} has no task {taskId}.") : null,
        };
    }

    private Task<JobView?> GetJob(string jobId, CancellationToken cancellationToken) =>
        _repeated.Run(token => Job(jobId).Get().WaitAsync(token), _callLimit, cancellationToken);

    private Task<TaskView?> GetTask(string taskId, CancellationToken cancellationToken) =>
        _repeated.Run(token => Task(taskId).Get().WaitAsync(token), _callLimit, cancellationToken);

    private Task<T> Poll<T>(Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken) =>
        _repeated.Run(call, _pollStep + _grace, cancellationToken);

    private static Refusal NoJob(string jobId) => Refusal.NotFound($"There is no job {jobId}.");

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
