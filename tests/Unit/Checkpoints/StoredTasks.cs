using NSubstitute;
using OrleansCluster.Grains.Storage;
using OrleansCluster.Grains.Tasks;

namespace OrleansCluster.Tests.Unit.Checkpoints;

/// <summary>Tasks' rows as the store has them, and how often they are read.</summary>
internal sealed class StoredTasks
{
    private readonly Dictionary<string, TaskRecord> _tasks = [];

    public StoredTasks() => Store.ReadState(TaskGrainState.Name, Arg.Any<string>(), Arg.Any<CancellationToken>()).Returns(call => Read(call.ArgAt<string>(1)));

    public ITransactionalStore Store { get; } = Substitute.For<ITransactionalStore>();

    public int Reads { get; private set; }

    public bool IsAway { get; set; }

    /// <param name="checkpoints">Those that its record names.</param>
    public void Add(string taskId, string definition, bool hasDirectory, params TaskCheckpoint[] checkpoints)
    {
        var start = new TaskStart
        {
            JobId = TaskId.JobOf(taskId),
            Name = "work",
            Index = 0,
            Count = 1,
            Team = "default",
            Priority = 10,
            Definition = definition,
            Resources = new Resources(100, 64, 0),
            Essential = ["main"],
            Checkpoint = hasDirectory ? new CheckpointSpec { Path = "/state" } : null,
        };
        var begun = TaskTransitions.Start(start, DateTimeOffset.UnixEpoch);
        _tasks[GrainKeys.Task("lab", taskId)] = begun with { Checkpoints = checkpoints is [] ? null : new TaskCheckpoints { Kept = [.. checkpoints], Newest = checkpoints[^1].Number } };
    }

    public static TaskCheckpoint Checkpoint(int number, DateTimeOffset takenAt) => new()
    {
        Number = number,
        Name = $"c{number}",
        Attempt = 1,
        TakenAt = takenAt,
        Size = 1,
        Digest = "",
        Node = "n1",
    };

    private StateRow? Read(string key)
    {
        Reads++;
        if (IsAway)
            throw new StoreUnavailableException("The store is away.");
        return _tasks.TryGetValue(key, out var task)
            ? new StateRow(TaskGrainState.Name, key, 1, StateIndex.None, StoreJson.ContentOf(new TaskGrainState { Cluster = "lab", Record = task }))
            : null;
    }
}
