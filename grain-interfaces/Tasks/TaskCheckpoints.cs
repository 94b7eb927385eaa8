using System.Collections.Immutable;

namespace OrleansCluster;

/// <summary>The checkpoints of a task, and what is asked of it.</summary>
[GenerateSerializer, Immutable, Alias("ocs.TaskCheckpoints")]
public sealed record TaskCheckpoints
{
    /// <summary>Those that are kept, oldest first. The next attempt starts with the last one.</summary>
    [Id(0)] public ImmutableArray<TaskCheckpoint> Kept { get; init; } = [];

    /// <summary>The number of requests for a checkpoint so far.</summary>
    [Id(1)] public int Requested { get; init; }

    /// <summary>The requests up to this one have been answered: by a checkpoint that was begun after them, or by <see cref="Failure"/>.</summary>
    [Id(2)] public int Answered { get; init; }

    /// <summary>Why the last one could not be taken or restored; <see langword="null"/> when it could.</summary>
    [Id(3)] public string? Failure { get; init; }

    /// <summary>The number of the newest one, also where none is kept any more; 0 where there was none.</summary>
    [Id(4)] public int Newest { get; init; }

    /// <summary>The number of the checkpoint that has answered the last request that was answered; 0 where it was answered by <see cref="Failure"/>.</summary>
    [Id(5)] public int AnsweredBy { get; init; }
}
