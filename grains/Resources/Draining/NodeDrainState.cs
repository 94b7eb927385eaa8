using System.Collections.Immutable;
using System.Text.Json.Serialization;
using OrleansCluster.Grains.Storage;

namespace OrleansCluster.Grains.ResourceManagement.Draining;

internal sealed class NodeDrainState : IStoredState
{
    public const string Name = "drain";

    public string Cluster { get; set; } = "";

    /// <summary><see langword="null"/> for a node in service.</summary>
    public NodeDrain? Drain { get; set; }

    [JsonIgnore]
    public ImmutableArray<EventDraft> PendingEvents { get; set; } = [];

    public StateIndex ToIndex() => new(Cluster, "", "", IsLive: Drain is not null);
}
