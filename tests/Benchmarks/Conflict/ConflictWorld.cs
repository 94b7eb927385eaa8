using OrleansCluster.Grains.ResourceManagement;
using OrleansCluster.Grains.Storage;

namespace OrleansCluster.Benchmarks.Conflict;

/// <summary>One row: a cluster, its schedulers and what happens when, in virtual seconds.</summary>
internal sealed class ConflictWorld
{
    private const double TransactionSeconds = 0.01;

    /// <summary>How long a scheduler waits that found no room at all.</summary>
    private const double Pause = 1;

    private readonly ConflictSettings _settings;
    private readonly double _decision;
    private readonly ConflictDetection _detection;
    private readonly CommitMode _mode;
    private readonly VirtualScheduler[] _schedulers;
    private readonly ClusterState _state = new("bench", "bench");
    private readonly PriorityQueue<Action, (double At, long Order)> _events = new();
    private readonly double _end;
    private double _now;
    private long _order;
    private int _jobs;

    public ConflictWorld(ConflictSettings settings, int schedulers, double decision, ConflictDetection detection, CommitMode mode)
    {
        (_settings, _decision, _detection, _mode) = (settings, decision, detection, mode);
        _end = settings.Hours * 3600;
        _schedulers = [.. Enumerable.Range(0, schedulers).Select(n => new VirtualScheduler($"s{n}", settings.Strategy))];
        for (var n = 0; n < settings.Nodes; n++)
            _state.Publish(_state.Put(Node(n), new EventDraft(default, "node.joined", "", "", "{}")));
    }

    public ConflictRow Run()
    {
        Arrive(tasks: 100, duration: 100, every: 10.0 / _settings.Load, new Random(1));
        Arrive(tasks: 10, duration: 500, every: 20.0 / _settings.Load, new Random(2));
        while (_events.TryDequeue(out var happens, out var when) && when.At <= _end)
        {
            _now = when.At;
            happens();
        }

        var placed = _schedulers.Sum(s => s.JobsPlaced);
        return new ConflictRow(
            _schedulers.Length,
            _detection.ToString(),
            _mode.ToString(),
            _decision,
            Math.Round(_schedulers.Sum(s => s.Conflicts) / (double)Math.Max(1, placed), 4),
            Math.Round(_schedulers.Average(s => Math.Min(s.Busy, _end)) / _end, 4),
            placed,
            _schedulers.Sum(s => s.Queue.Count));
    }

    private void At(double when, Action happens) => _events.Enqueue(happens, (when, _order++));

    /// <summary>The same jobs at the same times in every row.</summary>
    /// <param name="every">Mean of the exponentially distributed time between two.</param>
    private void Arrive(int tasks, double duration, double every, Random random) => At(_now - (every * Math.Log(1 - random.NextDouble())), () =>
    {
        var number = _jobs++;
        var scheduler = _schedulers[number % _schedulers.Length];
        scheduler.Queue.AddLast(new WorkloadJob($"job{number}", [.. Enumerable.Range(0, tasks)], duration));
        Begin(scheduler);
        Arrive(tasks, duration, every, random);
    });

    private void Begin(VirtualScheduler scheduler)
    {
        if (scheduler.IsDeciding || scheduler.Queue.First is not { Value: var job })
            return;
        scheduler.Queue.RemoveFirst();
        scheduler.IsDeciding = true;
        var transaction = scheduler.Decide(_state.ReadSince(scheduler.Version), job, _detection, _mode);
        var took = TransactionSeconds + (_decision * job.Tasks.Length);
        At(_now + took, () =>
        {
            scheduler.Busy += took;
            Commit(scheduler, job, transaction);
        });
    }

    private void Commit(VirtualScheduler scheduler, WorkloadJob job, ClaimTransaction transaction)
    {
        var verdict = ClaimValidator.Validate(_state, transaction);
        if (!verdict.Accepted.IsEmpty)
        {
            _state.Publish(_state.Add(verdict.Accepted));
            At(_now + job.Duration, () => _state.Publish(_state.Remove(verdict.Accepted, DateTimeOffset.UnixEpoch)));
        }

        var committed = verdict.Outcomes.Where(o => o.IsCommitted).Select(o => o.TaskId).ToHashSet(StringComparer.Ordinal);
        int[] left = [.. job.Tasks.Where(task => !committed.Contains($"{job.Name}.{task}"))];
        if (verdict.Outcomes.Any(o => !o.IsCommitted))
            scheduler.Conflicts++;
        if (left.Length > 0)
            scheduler.Queue.AddFirst(job with { Tasks = left });
        else
            scheduler.JobsPlaced++;

        // With no claim to try there was no room: not a conflict, and nothing to try at once.
        At(transaction.Claims.IsEmpty ? _now + Pause : _now, () =>
        {
            scheduler.IsDeciding = false;
            Begin(scheduler);
        });
    }

    private static NodeRow Node(int number) => new()
    {
        Node = $"node-{number:D5}",
        ETag = 0,
        Status = NodeStatus.Active,
        Capacity = new Resources(4000, 16_384, 0),
        Claimed = default,
        Attributes = System.Collections.Immutable.ImmutableSortedDictionary<string, string>.Empty,
        Runtime = "simulated",
    };
}
