using System.Collections.Immutable;

namespace OrleansCluster.Grains.Scheduling;

/// <summary>A queue at one moment, for its gauges.</summary>
internal sealed class QueueView(ImmutableArray<TeamQueue> teams)
{
    public ImmutableArray<TeamQueue> Teams { get; } = teams;
}
