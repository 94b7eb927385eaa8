using System.Collections.Immutable;
using System.Text.Json.Serialization;
using OrleansCluster.Grains.Storage;

namespace OrleansCluster.Grains.Tasks.Definitions;

internal sealed class TaskDefinitionState : IStoredState
{
    public const string Name = "definition";

    /// <summary>Oldest first; the revision is the position, from 1.</summary>
    public ImmutableArray<TaskDefinition> Revisions { get; set; } = [];

    [JsonIgnore]
    public ImmutableArray<EventDraft> PendingEvents { get; set; } = [];

    /// <summary>Definitions belong to the deployment, not to one cluster.</summary>
    public StateIndex ToIndex() => StateIndex.None;
}
