using System.Collections.Immutable;

namespace OrleansCluster.Grains.Scheduling;

/// <summary>Tasks for which others are leaving, and the nodes that are kept for them meanwhile. Not stored: whoever has left has left, and a plan that is forgotten is made anew.</summary>
internal sealed class Preemptions
{
    /// <summary>After that long, whoever was to leave is not waited for any more.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(2);

    private readonly SortedDictionary<string, (PreemptionUnderWay UnderWay, DateTimeOffset Until)> _byTask = new(StringComparer.Ordinal);

    public bool IsEmpty => _byTask.Count == 0;

    public ImmutableArray<PreemptionUnderWay> All => [.. _byTask.Values.Select(each => each.UnderWay)];

    /// <summary>The nodes that are kept.</summary>
    public IEnumerable<string> Nodes => _byTask.Values.Select(each => each.UnderWay.Plan.Node).Distinct(StringComparer.Ordinal);

    public bool Has(string taskId) => _byTask.ContainsKey(taskId);

    public void Begin(PlacementRequest request, PreemptionPlan plan, DateTimeOffset now) =>
        _byTask[request.TaskId] = (new PreemptionUnderWay(request, plan), now + _patience);

    /// <summary>Those that have their place, want none any more, or have waited for too long.</summary>
    public void Forget(Func<string, PlacementRequest?> queued, DateTimeOffset now)
    {
        foreach (var (taskId, (underWay, until)) in _byTask.ToList())
        {
            if (until <= now || queued(taskId)?.Attempt != underWay.Request.Attempt)
                _byTask.Remove(taskId);
        }
    }
}
