using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using OrleansCluster.Grains.Storage;

namespace OrleansCluster.Grains.Tasks;

internal sealed class TaskGrainState : IStoredState
{
    public const string Name = "task";

    private static readonly ImmutableArray<string> _statuses = [.. Enum.GetValues<TaskState>().Select(state => state.ToString().ToUpperInvariant())];

    public string Cluster { get; set; } = "";
    public TaskRecord? Record { get; set; }

    [JsonIgnore]
    public ImmutableArray<EventDraft> PendingEvents { get; set; } = [];

    /// <summary>Recovery wakes a task's job or service, never the task itself.</summary>
    public StateIndex ToIndex() => Record is null
        ? StateIndex.None
        : new StateIndex(Cluster, TaskOwner.ParentOf(Record), StatusOf(Record.State), IsLive: false);

    /// <summary>A task as it is stored; <see langword="null"/> where it has not been started.</summary>
    public static async Task<TaskRecord?> Read(ITransactionalStore store, string cluster, string taskId, CancellationToken cancellationToken)
    {
        var row = await store.ReadState(Name, GrainKeys.Task(cluster, taskId), cancellationToken);
        return row is null ? null : JsonSerializer.Deserialize<TaskGrainState>(row.Json, StoreJson.Options)?.Record;
    }

    /// <summary>As the index spells it.</summary>
    public static string StatusOf(TaskState state) => _statuses[(int)state];
}
