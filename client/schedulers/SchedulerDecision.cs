using System.Collections.Immutable;

namespace OrleansCluster.Client;

/// <summary>What a scheduler wants done.</summary>
public sealed record SchedulerDecision
{
    public static SchedulerDecision Nothing { get; } = new();

    /// <summary>Tasks to claim nodes for and to start; their names are those of no other task that the framework has or has had.</summary>
    public ImmutableArray<FrameworkTask> Launch { get; init; } = [];

    /// <summary>All of them or none: 1,000 tasks at most then.</summary>
    public CommitMode Mode { get; init; }
    public ConflictDetection Detection { get; init; }

    /// <summary>Names of tasks to stop.</summary>
    public ImmutableArray<string> Kill { get; init; } = [];

    /// <summary>The run ends after this. The framework stays registered, and its tasks run on for as long as it may be away.</summary>
    public bool IsDone { get; init; }
}
