using System.Collections.Immutable;

namespace OrleansCluster.Client;

/// <summary>What a scheduler decides on.</summary>
public sealed record SchedulerRound
{
    public required ClusterSnapshot Cluster { get; init; }

    /// <summary>
    /// What has become of tasks since the round before. Told at least once: the first round of a run has the state of every task that has not ended, and each round after a lost
    /// connection again.
    /// </summary>
    public ImmutableArray<FrameworkUpdate> Updates { get; init; } = [];

    /// <summary>What has become of the launch before, task by task. A refused one has a receipt, and <see cref="Cluster"/> is new enough to show why: it may be launched again under its name, on any node, for two minutes.</summary>
    public ImmutableArray<FrameworkOutcome> Outcomes { get; init; } = [];
}
