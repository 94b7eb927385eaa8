using System.Collections.Immutable;

namespace OrleansCluster;

/// <summary>What an agent sees of one task attempt. (attempt, state) only grows, so two observations merge by taking the greater.</summary>
[GenerateSerializer, Immutable, Alias("ocs.TaskObservation")]
public sealed record TaskObservation
{
    [Id(0)] public required string TaskId { get; init; }
    [Id(1)] public required int Attempt { get; init; }
    [Id(2)] public required string Node { get; init; }
    [Id(3)] public required TaskState State { get; init; }
    [Id(4)] public ImmutableArray<ContainerState> Containers { get; init; } = [];

    /// <summary>Set from <see cref="TaskState.Stopping"/> on, where the agent knows the cause; a stop that the manager asked for keeps the manager's code.</summary>
    [Id(5)] public StopCode? StopCode { get; init; }
    [Id(6)] public string? Reason { get; init; }

    /// <summary>Which of the node's agents says so: 1 for the first that ever registered, more for each later process; filled in by the node grain.</summary>
    [Id(7)] public int Run { get; init; }
}
