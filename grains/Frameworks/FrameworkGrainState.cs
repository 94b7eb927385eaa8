using System.Collections.Immutable;
using System.Text.Json.Serialization;
using OrleansCluster.Grains.Storage;

namespace OrleansCluster.Grains.Frameworks;

internal sealed class FrameworkGrainState : IStoredState
{
    public const string Name = "framework";
    private const string Removing = "REMOVING";

    public string Cluster { get; set; } = "";

    /// <summary><see langword="null"/> where it was removed.</summary>
    public FrameworkRecord? Record { get; set; }

    [JsonIgnore]
    public ImmutableArray<EventDraft> PendingEvents { get; set; } = [];

    public StateIndex ToIndex() => new(Cluster, "", Record is { IsRemoved: true } ? Removing : "", IsLive: Record is not null);

    /// <summary>Whether the framework still starts tasks.</summary>
    public static bool MayStart(StateIndex index) => index is { IsLive: true, Status: not Removing };
}
