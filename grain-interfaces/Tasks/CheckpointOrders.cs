namespace OrleansCluster;

/// <summary>What an agent has to know of its task's checkpoints.</summary>
[GenerateSerializer, Immutable, Alias("ocs.CheckpointOrders")]
public sealed record CheckpointOrders
{
    /// <summary>The newest that is kept: an attempt starts with it restored.</summary>
    [Id(0)] public TaskCheckpoint? Restore { get; init; }

    /// <summary>The number of the newest one, kept or not.</summary>
    [Id(1)] public required int Newest { get; init; }

    /// <summary>The last request for a checkpoint.</summary>
    [Id(2)] public required int Requested { get; init; }

    /// <summary>The last request that has been answered.</summary>
    [Id(3)] public required int Answered { get; init; }

    /// <summary>Set when the attempt is to stop: whether it is to take a checkpoint first, since another attempt may come.</summary>
    [Id(4)] public bool? BeforeStop { get; init; }
}
