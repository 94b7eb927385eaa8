using System.Collections.Immutable;
using System.Text.Json.Serialization;
using OrleansCluster.Grains.Storage;

namespace OrleansCluster.Grains.Tasks.Jobs;

internal sealed class JobGrainState : IStoredState
{
    public const string Name = "job";

    public string Cluster { get; set; } = "";
    public JobRecord? Record { get; set; }

    [JsonIgnore]
    public ImmutableArray<EventDraft> PendingEvents { get; set; } = [];

    public StateIndex ToIndex() => Record is null
        ? StateIndex.None
        : new StateIndex(Cluster, "", StatusOf(Record.Status), Record.Status is JobStatus.Running or JobStatus.Stopping);

    /// <summary>Whether the job still starts tasks.</summary>
    public static bool IsRunning(StateIndex index) => index.Status == StatusOf(JobStatus.Running);

    /// <summary>As the index spells it.</summary>
    public static string StatusOf(JobStatus status) => status.ToString().ToUpperInvariant();
}
