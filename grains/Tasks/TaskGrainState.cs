using System.Collections.Immutable;
using System.Text.Json.Serialization;
using OrleansCluster.Grains.Storage;

namespace OrleansCluster.Grains.Tasks;

internal sealed class TaskGrainState : IStoredState
{
    public const string Name = "task";

    public string Cluster { get; set; } = "";
    public TaskRecord? Record { get; set; }

    [JsonIgnore]
    public ImmutableArray<EventDraft> PendingEvents { get; set; } = [];

    public StateIndex ToIndex() => Record is null
        ? StateIndex.None
        : new StateIndex(Cluster, Record.Start.JobId, StatusOf(Record.State), Record.State != TaskState.Stopped);

    /// <summary>As the index spells it.</summary>
    public static string StatusOf(TaskState state) => state.ToString().ToUpperInvariant();
}
