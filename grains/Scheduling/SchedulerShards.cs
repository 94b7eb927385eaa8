using System.Globalization;

namespace OrleansCluster.Grains.Scheduling;

/// <summary>
/// How many batch schedulers place a cluster's tasks at the same time, each with a queue of its own. All tasks of a job are in one queue. Where silos
/// do not agree on the number, a task may wait in two queues: it is placed once all the same, since an attempt has one claim.
/// </summary>
/// <param name="count">1 to <see cref="Most"/>.</param>
public sealed class SchedulerShards(int count)
{
    public const int Most = 64;

    private const string First = "batch";

    /// <summary>Tasks of services do not wait behind those of jobs.</summary>
    private const string Services = "service";

    public int Count { get; } = count is >= 1 and <= Most
        ? count
        : throw new ArgumentOutOfRangeException(nameof(count), count, $"Expected 1 to {Most}.");

    /// <summary>The key of the scheduler that has the job's tasks.</summary>
    public string KeyFor(string cluster, string jobId) => GrainKeys.Scheduler(cluster, NameFor(jobId));

    /// <summary>The key of the scheduler that has the task.</summary>
    public string KeyForTask(string cluster, string taskId) => GrainKeys.Scheduler(cluster, NameForTask(taskId));

    /// <summary>The keys of all schedulers.</summary>
    public IEnumerable<string> Keys(string cluster) => Enumerable.Range(0, Count).Select(NameOf).Append(Services).Select(name => GrainKeys.Scheduler(cluster, name));

    /// <summary>Whether the task is in the queue of the scheduler of this name.</summary>
    public bool IsFor(string scheduler, string taskId) => NameForTask(taskId) == scheduler;

    private string NameForTask(string taskId) => TaskId.IsOfService(taskId) ? Services : NameFor(TaskId.JobOf(taskId));

    private string NameFor(string jobId) => NameOf((int)(StableHash.Of(jobId) % (ulong)Count));

    private static string NameOf(int shard) => shard == 0 ? First : string.Create(CultureInfo.InvariantCulture, $"{First}-{shard}");
}
