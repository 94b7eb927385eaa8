using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Orleans.Placement;
using OrleansCluster.Grains.Runtime;
using OrleansCluster.Grains.Runtime.Telemetry;
using OrleansCluster.Grains.Scheduling;
using OrleansCluster.Grains.Storage;
using OrleansCluster.Grains.Tasks.Lifecycle;
using OrleansCluster.Grains.Tasks.Validation;

namespace OrleansCluster.Grains.Tasks.Jobs;

/// <summary>
/// Holds a job's graph and starts what may start. Its progress is its tasks' persisted states: heard from them as they change, and read from the
/// store at activation and on a slow timer, so that nothing hangs on a message.
/// </summary>
[RandomPlacement]
internal sealed partial class JobGrain(
    [PersistentState(JobGrainState.Name, StoreGrainStorage.Name)] IPersistentState<JobGrainState> state,
    IClusterQueries queries,
    ITransactionalStore store,
    ISiloPeers peers,
    TaskStarter starter,
    SchedulerShards shards,
    IIdSource ids,
    TimeProvider clock,
    IGrainFactory grains,
    ILogger<JobGrain> logger) : ClusterGrain, IJobGrain
{
    private static readonly TimeSpan _refreshPeriod = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan _longestWatch = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Progress is a new version this often at most: that of a large job changes thousands of times a second, and each would wake all who watch it. A view lists
    /// all named tasks, so with a thousand of them more it is shown that much less often. The job's end is shown at once.
    /// </summary>
    private static readonly TimeSpan _showPeriod = TimeSpan.FromMilliseconds(100);
    private const int TasksShownInPeriod = 1_000;

    private readonly AsyncPulse _changed = new(clock);
    private readonly Saving _saving = new(clock);
    private JobRecord? _job;
    private JobGraph _graph = null!;
    private JobProgress _progress = null!;
    private IGrainTimer? _timer;
    private IGrainTimer? _showing;
    private bool _isShowing;
    private long _shownAt;
    private long _version;
    private string Id => Name;
    private ISchedulerGrain Scheduler => grains.GetGrain<ISchedulerGrain>(shards.KeyFor(Cluster, Id));

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        // Another activation counted from another moment, so its versions are others. Below 2^53, for readers whose numbers are doubles.
        _version = clock.GetUtcNow().ToUnixTimeMilliseconds() * 1000;
        if (state.State.Record is { } job)
        {
            Take(job);
            if (!job.HasEnded())
                Begin();
        }

        return Task.CompletedTask;
    }

    public async Task<Answer<JobView>> Submit(JobSpec spec)
    {
        await CatchUp();
        if (_job is not null)
            return StoreJson.ContentOf(_job.Spec) == StoreJson.ContentOf(spec) ? View() : Refusal.Conflict($"Job {Id} exists already, with another specification.");
        var (references, refusal) = await Examine(spec, isPlanned: false);
        refusal ??= await Take(spec, references, job => job);
        return refusal is null ? View() : refusal;
    }

    public async Task<JobView?> Get()
    {
        await CatchUp();
        return _job is null ? null : View();
    }

    public async Task<JobView?> Watch(long version, TimeSpan wait, CancellationToken cancellationToken)
    {
        if (_job is not null && version == _version && wait > TimeSpan.Zero)
            await _changed.Wait(wait < _longestWatch ? wait : _longestWatch, cancellationToken);
        return await Get();
    }

    public async Task<Answer<JobView>> Stop(string reason)
    {
        await CatchUp();
        if (_job is null)
            return Refusal.NotFound($"There is no job {Id}.");
        if (_job.Status == JobStatus.Running)
            await BeginToStop(_job with { Status = JobStatus.Stopping, Reason = reason });
        return View();
    }

    public async Task TaskChanged(TaskReport report)
    {
        if (_job is null)
            return;
        if (_job.HasEnded())
        {
            await StopStraggler(report);
            return;
        }

        if (!_progress.Merge(report))
            return;
        Progressed();
        await TendGang(report.Name);
        if (report.State == TaskState.Stopped)
            await Advance();
    }

    /// <summary>An activation that was asked for the job before another one took its submission has not begun with it yet.</summary>
    public Task Ensure() => _timer is null ? CatchUp() : Task.CompletedTask;

    private async Task CatchUp()
    {
        if (peers.IsOnly)
            return;
        await _saving.WaitForEnd();
        if (!await state.CatchUp(store, JobGrainState.Name, this.GetPrimaryKeyString()))
            return;
        if (state.State.Record is { } job)
        {
            Take(job);
            if (!job.HasEnded() && _timer is null)
                Begin();
        }

        Changed();
    }

    /// <summary>From here on the timer drives the job: at once for the first time, and then as a slow check against the store.</summary>
    private void Begin()
    {
        _timer = this.RegisterGrainTimer(Refresh, new GrainTimerCreationOptions(TimeSpan.Zero, _refreshPeriod) { KeepAlive = true });
        if (!_job!.Spec.DependsOn.IsEmpty && _job.StartedAt is null)
            _others = this.RegisterGrainTimer(WaitForOthers, new GrainTimerCreationOptions(TimeSpan.Zero, _otherPeriod) { Interleave = true });
        _showing = this.RegisterGrainTimer(Show, new GrainTimerCreationOptions(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan) { Interleave = true });
    }

    private async Task Refresh(CancellationToken cancellationToken)
    {
        await CatchUp();
        if (_job is null || _job.HasEnded())
            return;
        await CarryOutPlan();
        var queued = ImmutableArray.CreateBuilder<PlacementRequest>();
        await foreach (var task in StoredTasks(cancellationToken))
        {
            if (task.State == TaskState.Provisioning && !task.Gang)
                queued.Add(PlacementRequest.Of(task));
            else if (task.State != TaskState.Stopped && (task.DesiredStatus == DesiredStatus.Stopped || task.Evicted is not null))
                await TaskOf(task.Name, task.Index).Ensure();
        }

        if (queued.Count > 0)
            await Scheduler.Enqueue(queued.ToImmutable());
        if (_job.Status == JobStatus.Stopping)
            await StopLive();
        else
            await CheckTime();
        await Advance();
        _toldGangs.Clear();
        await TendGangs();
        Schedule();
    }

    /// <summary>The job's tasks as they are stored, each taken into the progress.</summary>
    private async IAsyncEnumerable<TaskView> StoredTasks([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var task in queries.ReadTasks(Cluster, Id, state: null, cancellationToken))
        {
            if (_progress.Merge(task.ToReport()))
                Progressed();
            yield return task;
        }
    }

    /// <summary>A task that was started when the job was already ending, by an activation that did not know.</summary>
    private async Task StopStraggler(TaskReport report)
    {
        if (report.State != TaskState.Stopped)
            await TaskOf(report.Name, report.Index).Stop(StopCode.UserInitiated, $"Job {Id} has ended.");
    }

    /// <summary>Whether the store knows of tasks that run or wait: a start may have been carried out without an answer.</summary>
    private async Task<bool> FindsLive()
    {
        var isAnyLive = false;
        await foreach (var task in StoredTasks(CancellationToken.None))
            isAnyLive |= task.State != TaskState.Stopped;
        if (isAnyLive && _job!.Status == JobStatus.Stopping)
            await StopLive();
        return isAnyLive;
    }

    private async Task BeginToStop(JobRecord stopping)
    {
        await Save(stopping, "job.stopping");
        await StopLive();
        await Advance();
    }

    private Task StopLive() =>
        Task.WhenAll(_progress.Live().ToList().Select(t => TaskOf(t.Name, t.Index).Stop(_job!.StopCode ?? StopCode.UserInitiated, _job.Reason ?? "")));

    /// <summary>Starts what may start, and ends the job when nothing is left.</summary>
    private async Task Advance()
    {
        var job = _job!;
        if (job.HasEnded())
            return;
        var isStopping = job.Status == JobStatus.Stopping;
        if (!isStopping && !(await MayStart() && await KnowsAllStarted()))
            return;
        job = _job!;
        var plan = _graph.Plan(_progress.ToTaskProgress(), isStopping);
        if (plan.HasEnded)
        {
            // Whoever asked meanwhile may have found that another activation has gone on with the job: then nothing of the plan holds any more.
            if ((plan.HasSucceeded || !await FindsLive()) && ReferenceEquals(job, _job))
                await End(_graph.Plan(_progress.ToTaskProgress(), isStopping));
            return;
        }

        await StartCounted([.. plan.Startable.SelectMany(task => _progress.Startable(task).Select(index => (task, index)))]);
        await TendGangs();
    }

    /// <summary>
    /// Answers with the instances as they are; those that had been started before are not started again. Instances of many named tasks share a write: one each
    /// made a level of a thousand tasks wait for as many writes, one after another.
    /// </summary>
    /// <param name="check">What this rests on; where it does not hold any more, no more are started.</param>
    private async Task<ImmutableArray<TaskView>> Start(ImmutableArray<(int Task, int Index)> instances, bool queues, StateCheck? check)
    {
        const int atOnce = 256;
        var all = ImmutableArray.CreateBuilder<TaskView>(instances.Length);
        foreach (var some in instances.Chunk(atOnce))
        {
            if (await starter.Start(Cluster, [.. some.Select(instance => _job!.ToStart(instance.Task, instance.Index))], check) is not { } started)
            {
                _hold = null;
                break;
            }

            foreach (var view in started)
                _progress.Merge(view.ToReport());
            Progressed();
            if (queues)
                await Scheduler.Enqueue([.. started.Where(t => t.State == TaskState.Provisioning && !t.Gang).Select(PlacementRequest.Of)]);
            all.AddRange(started);
        }

        return all.ToImmutable();
    }

    private async Task End(JobOutlook plan)
    {
        var job = _job!;
        using var span = ClusterTracing.Start("job.run", job.TraceParent, job.CreatedAt);
        var status = plan.HasSucceeded ? JobStatus.Succeeded : job is { Status: JobStatus.Stopping, StopCode: null } ? JobStatus.Stopped : JobStatus.Failed;
        var ended = job with
        {
            Status = status,
            Reason = status == JobStatus.Failed ? job.Reason ?? FailureOf(_progress.ToViews(job.Tasks)) : job.Reason,
            EndedAt = clock.GetUtcNow(),
            Final = _progress.ToViews(job.Tasks),
        };
        await Save(ended, $"job.{status.ToString().ToLowerInvariant()}");
        LogEnded(logger, Id, status);
        span?.SetTag("ocs.job", Id).SetTag("ocs.status", status.ToString()).SetEndTime(ended.EndedAt!.Value.UtcDateTime);
        _timer?.Dispose();
        _showing?.Dispose();
        _others?.Dispose();
        _timer = null;
        _showing = null;
        _others = null;
    }

    /// <summary>Makes a job of a specification without faults.</summary>
    /// <param name="complete">What else belongs to it.</param>
    private async Task<Refusal?> Take(
        JobSpec spec, ImmutableArray<(TaskDefinition? Definition, string? Fault)> references, Func<JobRecord, JobRecord> complete)
    {
        var (tasks, unresolved) = await new JobResolver(grains).Resolve(spec, references);
        if (!unresolved.IsEmpty)
            return Refuse(unresolved);
        await Save(complete(ToRecord(spec, tasks)), "job.submitted");
        Begin();
        return null;
    }

    /// <summary>The definitions that a specification refers to, and what is wrong with it.</summary>
    private async Task<(ImmutableArray<(TaskDefinition? Definition, string? Fault)> References, Refusal? Refusal)> Examine(JobSpec spec, bool isPlanned)
    {
        var references = await new JobResolver(grains).LookUp(spec);
        ImmutableArray<Fault> faults =
        [
            .. JobValidator.ValidateId(Id),
            .. JobValidator.Validate(spec),
            .. isPlanned ? JobPlanValidator.ValidateSpec(spec) : [],
            .. JobResolver.FaultsOf(spec, references),
            .. await FaultsOfOthers(spec),
        ];
        return (references, faults.IsEmpty ? null : Refuse(faults));
    }

    private JobRecord ToRecord(JobSpec spec, ImmutableArray<ResolvedTask> tasks) => new()
    {
        Id = Id,
        Spec = spec,
        Tasks = tasks,
        Status = JobStatus.Running,
        CreatedAt = clock.GetUtcNow(),
        TraceParent = ClusterTracing.CurrentTraceParent,
    };

    private void Take(JobRecord job)
    {
        _job = job;
        _graph = JobGraph.Of(job.Spec.Tasks);
        _progress = new JobProgress(job.Spec.Tasks);
        _gangs = [.. Enumerable.Range(0, job.Spec.Tasks.Length).Where(task => job.Spec.Tasks[task].Gang)];
        _isLimited = job.Spec.Tasks.Any(task => task.Parallelism is not null);
        _hold = null;
    }

    private async Task Save(JobRecord next, string happened)
    {
        var draft = new EventDraft(clock.GetUtcNow(), happened, Id, Id, JsonSerializer.Serialize(new { next.Status, next.Reason }, ClusterJson.Options));
        _saving.Begin();
        try
        {
            await state.Write(new JobGrainState { Cluster = Cluster, Record = next, PendingEvents = [draft] });
        }
        catch
        {
            // Whether it was written is not known: the next activation reads it. Waiting watchers would hold that up.
            _saving.End();
            _changed.Set();
            DeactivateOnIdle();
            throw;
        }

        if (_job is null)
            Take(next);
        _job = next;
        _saving.End();
        Changed();
    }

    private JobView View() => View(_job!);

    private JobView View(JobRecord job) => job.ToView(job.HasEnded() ? job.Final : _progress.ToViews(job.Tasks), _version);

    private ITaskGrain TaskOf(string name, int index) => grains.GetGrain<ITaskGrain>(GrainKeys.Task(Cluster, TaskId.Of(Id, name, index)));

    private static Refusal Refuse(ImmutableArray<Fault> faults) =>
        Refusal.Faulty("The job", faults);

    private static string FailureOf(ImmutableArray<JobTaskView> tasks) =>
        string.Join(", ", tasks.Where(t => t.Failed > 0).Select(t => $"{t.Failed} of {t.Count} {t.Name} failed"));

    [LoggerMessage(Level = LogLevel.Information, Message = "Job {Job} has ended: {Status}")]
    private static partial void LogEnded(ILogger logger, string job, JobStatus status);
}
