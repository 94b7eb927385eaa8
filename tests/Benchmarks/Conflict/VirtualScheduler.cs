using System.Collections.Immutable;
using OrleansCluster.Placement;

namespace OrleansCluster.Benchmarks.Conflict;

/// <summary>One scheduler: its queue and its copy of the cluster.</summary>
internal sealed class VirtualScheduler(string name, TaskPlacementStrategy strategy)
{
    private static readonly Resources _wanted = new(1000, 2048, 0);

    private readonly ClusterArrays _cluster = new();
    private int _transactions;

    public LinkedList<WorkloadJob> Queue { get; } = [];
    public bool IsDeciding { get; set; }

    /// <summary>Virtual seconds in which it decided.</summary>
    public double Busy { get; set; }
    public int Conflicts { get; set; }
    public int JobsPlaced { get; set; }
    public ClusterVersion Version => _cluster.Version;

    public ClaimTransaction Decide(ClusterDelta delta, WorkloadJob job, ConflictDetection detection, CommitMode mode)
    {
        _cluster.Apply(delta);
        ImmutableArray<PlacementRequest> requests = [.. job.Tasks.Select(task => Request(job, task))];
        var number = ++_transactions;
        var decisions = PlacementEngine.Decide(_cluster.Copy(), requests, Seed(number), strategy);
        return new ClaimTransaction
        {
            Scheduler = name,
            TransactionId = $"{number}",
            DecidedOn = _cluster.Version,
            Detection = detection,
            Mode = mode,
            Claims = [.. decisions.Where(d => d.IsPlaced).Select(ToClaim)],
        };
    }

    private ulong Seed(int transaction)
    {
        var hash = 14695981039346656037UL;
        foreach (var letter in name)
            hash = (hash ^ letter) * 1099511628211UL;
        return (hash ^ (ulong)transaction) * 1099511628211UL;
    }

    private static ClaimRequest ToClaim(PlacementDecision decision) => new()
    {
        TaskId = decision.Request.TaskId,
        Attempt = 1,
        Node = decision.Node!,
        Resources = _wanted,
        Definition = "work:1",
        Team = "default",
        NodeETag = decision.NodeETag,
    };

    private static PlacementRequest Request(WorkloadJob job, int task) => new()
    {
        TaskId = $"{job.Name}.{task}",
        Attempt = 1,
        Resources = _wanted,
        Definition = "work:1",
        Team = "default",
        Priority = 50,
        QueuedAt = default,
    };
}
