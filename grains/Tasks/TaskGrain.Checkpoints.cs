using OrleansCluster.Grains.Tasks.Checkpoints;

namespace OrleansCluster.Grains.Tasks;

/// <summary>Which checkpoints count, and who has asked for one. Their bytes never come here.</summary>
internal sealed partial class TaskGrain
{
    /// <summary>How often the way to the agent is tried while somebody waits: what is on it may be lost.</summary>
    private static readonly TimeSpan _askPeriod = TimeSpan.FromSeconds(2);

    public async Task<CheckpointReceipt> Checkpointed(CheckpointReport report)
    {
        await Note(task => TaskCheckpointing.Take(task, report, clock.GetUtcNow()));
        return new CheckpointReceipt(TaskCheckpointing.Holds(_task, report), TaskCheckpointing.OrdersFor(_task, report.Attempt));
    }

    public async Task<Answer<TaskCheckpoints>> RequestCheckpoint()
    {
        await CatchUp();
        if (_task is null)
            return Refusal.NotFound($"There is no task {Id}.");
        if (_task.Start.Checkpoint is null)
            return Refusal.Conflict($"Task {Id} names no directory to take a checkpoint of: its definition has no checkpoint.");
        if (_task is not { State: TaskState.Activating or TaskState.Running, Desired: DesiredStatus.Running })
            return Refusal.Conflict($"Task {Id} is {TaskGrainState.StatusOf(_task.State)}; a checkpoint is taken of what runs.");
        await Note(TaskCheckpointing.Request);
        await AskForCheckpoint();
        return _task.Checkpoints!;
    }

    public async Task<TaskView?> WatchCheckpoint(int request, TimeSpan wait, CancellationToken cancellationToken)
    {
        var longest = wait < _longestWatch ? wait : _longestWatch;
        var began = clock.GetTimestamp();
        await CatchUp();
        for (var left = longest; IsAwaited(request) && left > TimeSpan.Zero; left = longest - clock.GetElapsedTime(began))
        {
            await AskForCheckpoint();
            if (IsAwaited(request))
                await _moved.Wait(left < _askPeriod ? left : _askPeriod, cancellationToken);
            await CatchUp();
        }

        return _task?.ToView();
    }

    private bool IsAwaited(int request) =>
        _task is { State: not TaskState.Stopped, Checkpoints: { } known } && known.Answered < request && request <= known.Requested;

    private async Task AskForCheckpoint()
    {
        if (_task is { State: TaskState.Activating or TaskState.Running, Node: { } node, Checkpoints: { } known } && known.Requested > known.Answered)
            await grains.GetGrain<INodeGrain>(GrainKeys.Node(Cluster, node)).Checkpoint(Id, _task.Attempt, known.Requested);
    }

    /// <summary>As <see cref="Move"/>, for what changes nothing of the task's place in its life: its job need not hear of it.</summary>
    private async Task Note(Func<TaskRecord, TaskRecord> change)
    {
        var next = _task is null ? null : change(_task);
        if (ReferenceEquals(next, _task) && await CatchUp() && _task is not null)
            next = change(_task);
        if (next is null || ReferenceEquals(next, _task))
            return;
        var before = _task!;
        await Save(next, TaskEvents.OfCheckpoints(before, next, Id, clock.GetUtcNow()));
        _moved.Set();
        removal.Begin(Cluster, Id, TaskCheckpointing.Dropped(before, next));
    }
}
