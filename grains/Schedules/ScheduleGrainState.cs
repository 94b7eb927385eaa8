using System.Collections.Immutable;
using System.Text.Json.Serialization;
using OrleansCluster.Grains.Storage;

namespace OrleansCluster.Grains.Schedules;

internal sealed class ScheduleGrainState : IStoredState
{
    public const string Name = "schedule";

    public string Cluster { get; set; } = "";

    /// <summary><see langword="null"/> where it was deleted.</summary>
    public ScheduleRecord? Record { get; set; }

    /// <summary>Of one that was deleted, so that the next of its name starts nothing that it has started.</summary>
    public DateTimeOffset LastMoment { get; set; }

    [JsonIgnore]
    public ImmutableArray<EventDraft> PendingEvents { get; set; } = [];

    public StateIndex ToIndex() => new(Cluster, "", "", IsLive: Record is not null);
}
