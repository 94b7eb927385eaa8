using System.Collections.Immutable;
using System.Text.Json.Serialization;
using OrleansCluster.Grains.Storage;

namespace OrleansCluster.Grains.Services;

internal sealed class ServiceGrainState : IStoredState
{
    public const string Name = "service";

    public string Cluster { get; set; } = "";

    /// <summary><see langword="null"/> where it was deleted.</summary>
    public ServiceRecord? Record { get; set; }

    /// <summary>Of one that was deleted, the number of its newest task, so that the next of its name uses none again.</summary>
    public int Issued { get; set; }

    [JsonIgnore]
    public ImmutableArray<EventDraft> PendingEvents { get; set; } = [];

    public StateIndex ToIndex() => new(Cluster, "", "", IsLive: Record is not null);
}
