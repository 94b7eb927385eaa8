namespace OrleansCluster.Tests.Api.Http.Fakes;

internal sealed class FakeTask : ITaskGrain
{
    public TaskView? View { get; set; }
    public Exception? Failure { get; set; }
    /// <summary>What a watch answers; by default the view at once.</summary>
    public Func<Task<TaskView?>>? OnWatch { get; set; }
    public string? StopReason { get; private set; }

    public Task<TaskView?> Get() => Failure is null ? Task.FromResult(View) : Task.FromException<TaskView?>(Failure);

    public Task<TaskView?> Watch(int attempt, TaskState state, TimeSpan wait, CancellationToken cancellationToken) => OnWatch is null ? Get() : OnWatch();

    public Task Acknowledge(TaskState state) => throw new NotSupportedException();

    public Task Deactivate(int attempt) => throw new NotSupportedException();

    public Task<Answer<TaskView>> Stop(StopCode code, string reason)
    {
        if (View is null)
            return Task.FromResult<Answer<TaskView>>(Refusal.NotFound("There is no such task."));
        StopReason = reason;
        View = View with { DesiredStatus = DesiredStatus.Stopped, StopCode = code, Reason = reason };
        return Task.FromResult<Answer<TaskView>>(View);
    }

    public Task Evict(int attempt, StopCode code, string reason) => throw new NotSupportedException();

    public Task GiveUpWaiting(int attempt) => throw new NotSupportedException();

    public Task<TaskView> Start(TaskStart start) => throw new NotSupportedException();

    public Task Placed(int attempt, string node) => throw new NotSupportedException();

    public Task<TaskDirective> Observe(TaskObservation observation) => throw new NotSupportedException();

    public Task NodeLost(string node, int attempt) => throw new NotSupportedException();

    public Task<CheckpointReceipt> Checkpointed(CheckpointReport report) => throw new NotSupportedException();

    /// <summary>What a request for a checkpoint is answered with.</summary>
    public Answer<TaskCheckpoints>? Request { get; set; }

    /// <summary>Requests that were waited for, and how long at most.</summary>
    public List<(int Request, TimeSpan Wait)> Awaited { get; } = [];

    public Task<Answer<TaskCheckpoints>> RequestCheckpoint() => Task.FromResult(Request ?? Refusal.NotFound("There is no such task."));

    public Task<TaskView?> WatchCheckpoint(int request, TimeSpan wait, CancellationToken cancellationToken)
    {
        Awaited.Add((request, wait));
        return OnWatch is null ? Get() : OnWatch();
    }

    public Task<TaskView?> WatchHealth(int attempt, TaskState state, HealthStatus? health, TimeSpan wait, CancellationToken cancellationToken) => Watch(attempt, state, wait, cancellationToken);

    public Task Ensure() => throw new NotSupportedException();
}
