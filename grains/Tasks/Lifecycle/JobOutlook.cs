using System.Collections.Immutable;

namespace OrleansCluster.Grains.Tasks.Lifecycle;

/// <summary>What follows from the progress of a job's tasks. Tasks are named by their index in the job's specification.</summary>
internal sealed record JobOutlook
{
    /// <summary>Instances that are not started yet may start now.</summary>
    public required ImmutableArray<int> Startable { get; init; }

    /// <summary>Not started, and never will be: a task they depend on has failed, or the job is stopping.</summary>
    public required ImmutableArray<int> NeverStarting { get; init; }

    /// <summary>Nothing runs, and nothing will start.</summary>
    public required bool HasEnded { get; init; }

    /// <summary>Every instance of every task has succeeded.</summary>
    public required bool HasSucceeded { get; init; }
}
