using System.Collections.Immutable;

namespace OrleansCluster.Grains.Scheduling;

/// <summary>A scheduler's queue at one moment, for its gauges.</summary>
internal sealed class QueueView(string cluster, string scheduler, ImmutableArray<TeamQueue> teams)
{
    public string Cluster { get; } = cluster;

    public string Scheduler { get; } = scheduler;

    public ImmutableArray<TeamQueue> Teams { get; } = teams;
}
