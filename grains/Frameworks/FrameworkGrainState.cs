using System.Collections.Immutable;
using System.Text.Json.Serialization;
using OrleansCluster.Grains.Storage;

namespace OrleansCluster.Grains.Frameworks;

internal sealed class FrameworkGrainState : IStoredState
{
    public const string Name = "framework";

    public string Cluster { get; set; } = "";

    /// <summary><see langword="null"/> where it was removed.</summary>
    public FrameworkRecord? Record { get; set; }

    [JsonIgnore]
    public ImmutableArray<EventDraft> PendingEvents { get; set; } = [];

    public StateIndex ToIndex() => new(Cluster, "", "", IsLive: Record is not null);
}
