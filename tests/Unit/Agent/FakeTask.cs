using OrleansCluster.Grains.Storage.Checkpoints;

namespace OrleansCluster.Tests.Unit.Agent;

/// <summary>What the manager knows of checkpoints, for all tasks of a test alike.</summary>
internal sealed class FakeTask(ICheckpointStore store)
{
    private readonly Lock _lock = new();
    private readonly List<TaskCheckpoint> _taken = [];

    public IReadOnlyList<TaskCheckpoint> Taken
    {
        get
        {
            lock (_lock)
                return [.. _taken];
        }
    }

    /// <summary>Whose they are.</summary>
    public string? Of { get; private set; }
    public string? Failure { get; private set; }
    public int Answered { get; private set; }

    /// <summary>What attempts begin with.</summary>
    public TaskCheckpoint? Restore { get; set; }
    public bool BeforeStop { get; set; }

    /// <summary>Whether the bytes were there when a checkpoint was reported, by its name.</summary>
    public Dictionary<string, bool> WasStored { get; } = [];

    public CheckpointOrders Orders => new() { Restore = Restore, Newest = Taken.Count, Requested = Answered, Answered = Answered, BeforeStop = BeforeStop };

    public ITaskGrain As(string key) => new Grain(GrainKeys.Split(key).Name, this);

    /// <summary>Gives another task this one's first checkpoint to begin with.</summary>
    public async Task Lend(string taskId)
    {
        var first = Taken[0];
        await using var content = await store.Get(new CheckpointKey("lab", Of!, first.Name), CancellationToken.None);
        await store.Put(new CheckpointKey("lab", taskId, first.Name), content!, CancellationToken.None);
        Restore = first;
    }

    private async Task<CheckpointReceipt> Take(string taskId, CheckpointReport report)
    {
        var isStored = report.Checkpoint is { } taken && await store.Get(new CheckpointKey("lab", taskId, taken.Name), CancellationToken.None) is not null;
        lock (_lock)
        {
            Of = taskId;
            Failure = report.Failure;
            Answered = Math.Max(Answered, report.Answers);
            if (report.Checkpoint is not null)
            {
                _taken.Add(report.Checkpoint);
                WasStored[report.Checkpoint.Name] = isStored;
            }
        }

        return new CheckpointReceipt(report.Checkpoint is not null, Orders);
    }

    /// <summary>An agent calls nothing else of a task.</summary>
    private sealed class Grain(string id, FakeTask all) : ITaskGrain
    {
        public Task<CheckpointReceipt> Checkpointed(CheckpointReport report) => all.Take(id, report);

        public Task<TaskView> Start(TaskStart start) => throw new NotSupportedException();

        public Task Placed(int attempt, string node) => throw new NotSupportedException();

        public Task<TaskDirective> Observe(TaskObservation observation) => throw new NotSupportedException();

        public Task NodeLost(string node, int attempt) => throw new NotSupportedException();

        public Task Acknowledge(TaskState state) => throw new NotSupportedException();

        public Task Deactivate(int attempt) => throw new NotSupportedException();

        public Task Evict(int attempt, StopCode code, string reason) => throw new NotSupportedException();

        public Task GiveUpWaiting(int attempt) => throw new NotSupportedException();

        public Task<Answer<TaskView>> Stop(StopCode code, string reason) => throw new NotSupportedException();

        public Task<Answer<TaskCheckpoints>> RequestCheckpoint() => throw new NotSupportedException();

        public Task<TaskView?> WatchCheckpoint(int request, TimeSpan wait, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<TaskView?> Get() => throw new NotSupportedException();

        public Task<TaskView?> Watch(int attempt, TaskState state, TimeSpan wait, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<TaskView?> WatchHealth(int attempt, TaskState state, HealthStatus? health, TimeSpan wait, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task Ensure() => throw new NotSupportedException();
    }
}
