using System.Collections.Immutable;
using OrleansCluster.Grains.Storage;

namespace OrleansCluster.Tests.Store;

/// <summary>A grain state of the kind that our store lists.</summary>
public sealed class SampleState : IStoredState
{
    public string Job { get; set; } = "";
    public NodeStatus Status { get; set; }
    public int Attempt { get; set; }
    public bool Enabled { get; set; } = true;
    public ImmutableArray<HostPort> Ports { get; set; } = [];
    public ImmutableSortedDictionary<string, string> Environment { get; set; } = ImmutableSortedDictionary<string, string>.Empty;
    public Claim? Claim { get; set; }
    public ImmutableArray<EventDraft> PendingEvents { get; set; } = [];

    public StateIndex ToIndex() => new(Rows.Cluster, Job, Status.ToString(), Attempt > 0);
}
