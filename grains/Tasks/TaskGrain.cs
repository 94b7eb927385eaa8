using System.Collections.Immutable;
using Orleans.Placement;
using OrleansCluster.Grains.Runtime;
using OrleansCluster.Grains.Scheduling;
using OrleansCluster.Grains.Storage;
using OrleansCluster.Grains.Tasks.Checkpoints;

namespace OrleansCluster.Grains.Tasks;

/// <summary>Persists each transition before anybody hears of it. What it tells others may get lost; <see cref="Ensure"/> says it again.</summary>
[RandomPlacement]
internal sealed partial class TaskGrain(
    [PersistentState(TaskGrainState.Name, StoreGrainStorage.Name)] IPersistentState<TaskGrainState> state,
    ITransactionalStore store,
    ISiloPeers peers,
    TimeProvider clock,
    TaskInstruments instruments,
    SchedulerShards shards,
    CheckpointRemoval removal,
    IGrainFactory grains) : ClusterGrain, ITaskGrain
{
    private static readonly TimeSpan _longestWatch = TimeSpan.FromSeconds(60);

    /// <summary>How often the store is asked for a task that is waited for and has not been started.</summary>
    private static readonly TimeSpan _startPeriod = TimeSpan.FromSeconds(1);

    private readonly AsyncPulse _moved = new(clock);
    private readonly Saving _saving = new(clock);

    /// <summary>The committed record; interleaving readers never see one that is still being written.</summary>
    private TaskRecord? _task;
    private (int Attempt, TaskState State) Position => _task is null ? default : (_task.Attempt, _task.State);
    private string Id => Name;
    private ISchedulerGrain Scheduler => grains.GetGrain<ISchedulerGrain>(shards.KeyForTask(Cluster, Id));

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _task = state.State.Record;
        return Task.CompletedTask;
    }

    public async Task<TaskView> Start(TaskStart start)
    {
        if (_task is null)
            await CatchUp();
        if (_task is null)
        {
            var begun = TaskTransitions.Start(start, clock.GetUtcNow());
            await Save(begun, [TaskEvents.Of(begun, Id, begun.CreatedAt)]);
            instruments.Started(Cluster);

            // After it is stored: who ends either sees the task among the stored ones, or is seen here to have ended.
            if (!await TaskOwner.MayStart(store, Cluster, start))
                await Move(task => TaskTransitions.Stop(task, StopCode.UserInitiated, TaskOwner.NoMore(start), clock.GetUtcNow()));
        }

        return _task!.ToView();
    }

    public async Task Placed(int attempt, string node)
    {
        await Move(task => TaskTransitions.Place(task, attempt, node, clock.GetUtcNow()));
    }

    public async Task<TaskDirective> Observe(TaskObservation observation)
    {
        await Move(task => TaskTransitions.Observe(task, observation, clock.GetUtcNow()));

        // An attempt that is over for the manager is not wanted on any node, whatever became of the task.
        var isWanted = _task is not null && TaskTransitions.IsWanted(_task, observation.Attempt);
        return new TaskDirective(isWanted ? DesiredStatus.Running : DesiredStatus.Stopped, Release: observation.State == TaskState.Stopped)
        {
            TraceParent = _task?.Start.TraceParent,
            Rules = _task?.Start.Rules,
            Checkpoints = TaskCheckpointing.OrdersFor(_task, observation.Attempt),
        };
    }

    public async Task NodeLost(string node, int attempt)
    {
        await Move(task => TaskTransitions.LoseNode(task, node, attempt, clock.GetUtcNow()));
    }

    public async Task Evict(int attempt, StopCode code, string reason)
    {
        await Move(task => TaskTransitions.Evict(task, attempt, code, reason, clock.GetUtcNow()));
        await AskNodeToStop();
    }

    public async Task GiveUpWaiting(int attempt)
    {
        await Move(task => TaskTransitions.GiveUpWaiting(task, attempt, clock.GetUtcNow()));
        if (_task is { State: TaskState.Stopped, Node: null })
            await Scheduler.Cancel([Id]);
    }

    public async Task Acknowledge(TaskState state)
    {
        await Note(task => TaskTransitions.Acknowledge(task, state));
        if (_task is { State: TaskState.Stopped })
            DeactivateOnIdle();
    }

    public Task Deactivate(int attempt) => Move(task => TaskTransitions.Deactivate(task, attempt));

    public async Task<Answer<TaskView>> Stop(StopCode code, string reason)
    {
        await Move(task => TaskTransitions.Stop(task, code, reason, clock.GetUtcNow()));
        if (_task is null)
            return Refusal.NotFound($"There is no task {Id}.");
        if (_task is { State: TaskState.Stopped, Node: null })
            await Scheduler.Cancel([Id]);
        else
            await AskNodeToStop();
        return _task.ToView();
    }

    public async Task<TaskView?> Get()
    {
        await CatchUp();
        return _task?.ToView();
    }

    public Task<TaskView?> Watch(int attempt, TaskState state, TimeSpan wait, CancellationToken cancellationToken) =>
        WatchHealth(attempt, state, _task?.Health, wait, cancellationToken);

    public async Task<TaskView?> WatchHealth(int attempt, TaskState state, HealthStatus? health, TimeSpan wait, CancellationToken cancellationToken)
    {
        if (_task is null && (attempt, state) == default)
            await WaitForStart(wait < _longestWatch ? wait : _longestWatch, cancellationToken);

        // What has stopped moves no more, and whoever waited for it would keep it in memory.
        else if (Position == (attempt, state) && _task?.Health == health && state != TaskState.Stopped && wait > TimeSpan.Zero)
            await _moved.Wait(wait < _longestWatch ? wait : _longestWatch, cancellationToken);
        return await Get();
    }

    public async Task Ensure()
    {
        if (_task is { State: TaskState.Provisioning, Start: { Gang: false, OfFramework: null } })
            await Scheduler.Enqueue([PlacementRequest.Of(_task.ToView())]);
        else
            await AskNodeToStop();
        await AskForCheckpoint();
    }

    private async Task WaitForStart(TimeSpan longest, CancellationToken cancellationToken)
    {
        var began = clock.GetTimestamp();
        await CatchUp();
        for (var left = longest; _task is null && left > TimeSpan.Zero; left = longest - clock.GetElapsedTime(began))
        {
            await _moved.Wait(left < _startPeriod ? left : _startPeriod, cancellationToken);
            await CatchUp();
        }
    }

    /// <summary>Another activation may have gone on, where there are other silos; and a job stores what it starts without asking for its grain.</summary>
    private async Task<bool> CatchUp()
    {
        if (peers.IsOnly && _task is not null)
            return false;
        await _saving.WaitForEnd();
        if (!await state.CatchUp(store, TaskGrainState.Name, this.GetPrimaryKeyString()))
            return false;
        _task = state.State.Record;
        _moved.Set();
        return true;
    }

    private async Task AskNodeToStop()
    {
        if (_task is { State: not TaskState.Stopped, Node: { } node } && !TaskTransitions.IsWanted(_task, _task.Attempt))
            await grains.GetGrain<INodeGrain>(GrainKeys.Node(Cluster, node)).StopTask(Id, _task.Attempt);
    }

    /// <summary>
    /// Makes a transition durable, then tells the job, and queues the next attempt where one begins; a gang's is queued by the job, with the others. Where there is nothing to write, no write tells an
    /// activation that another one has gone on, so it looks.
    /// </summary>
    private async Task Move(Func<TaskRecord, TaskRecord> transition)
    {
        var next = _task is null ? null : transition(_task);
        if (ReferenceEquals(next, _task) && await CatchUp() && _task is not null)
            next = transition(_task);
        if (next is null || ReferenceEquals(next, _task))
            return;
        var before = _task!;
        next = TaskCheckpointing.Settle(next);
        await Save(next, TaskEvents.Of(before, next, Id, clock.GetUtcNow()));
        removal.Begin(Cluster, Id, TaskCheckpointing.Dropped(before, next));
        instruments.Moved(Cluster, before, next);
        TaskSpans.Tell(Id, before, next);
        if (next.Start.IsOfService || !TaskHealth.IsAllThatChanged(before, next))
            TaskOwner.Tell(grains, Cluster, next.ToView());
        if (next.Attempt != before.Attempt && !next.Start.Gang)
            await Scheduler.Enqueue([PlacementRequest.Of(next.ToView())]);
        if (next.State == TaskState.Stopped)
            DeactivateOnIdle();
    }

    private async Task Save(TaskRecord next, ImmutableArray<EventDraft> events)
    {
        _saving.Begin();
        try
        {
            await state.Write(new TaskGrainState { Cluster = Cluster, Record = next, PendingEvents = events });
        }
        catch
        {
            // Whether it was written is not known: the next activation reads it. Waiting watchers would hold that up.
            _saving.End();
            _moved.Set();
            DeactivateOnIdle();
            throw;
        }

        var (before, health) = (Position, _task?.Health);
        _task = next;
        _saving.End();
        if (Position != before || next.Health != health)
            _moved.Set();
    }
}
