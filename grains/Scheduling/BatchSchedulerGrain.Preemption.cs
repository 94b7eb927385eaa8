using System.Collections.Immutable;
using OrleansCluster.Grains.Teams;

namespace OrleansCluster.Grains.Scheduling;

/// <summary>Makes room for what fits nowhere: tasks of lower bands are told to leave, and until they have, their node is kept for whom they leave.</summary>
internal sealed partial class BatchSchedulerGrain
{
    /// <summary>Tasks that others are asked to leave for at a time.</summary>
    private const int PreemptedForAtOnce = 256;

    private static readonly TimeSpan _preemptionPeriod = TimeSpan.FromSeconds(1);

    private readonly Preemptions _preemptions = new();
    private DateTimeOffset _preemptsAgainAt;

    /// <summary>Those for whom others have left go by themselves, so that nobody else takes their nodes in the same round.</summary>
    private QueueHead NextBatch()
    {
        _preemptions.Forget(_queue.Find, clock.GetUtcNow());
        if (!_preemptions.IsEmpty && _queue.Waiting.Where(request => _preemptions.Has(request.TaskId)).Take(BatchSize).ToImmutableArray() is { IsEmpty: false } first)
            return QueueHead.InOrder(first, _queue.FirstParked());
        return Draw();
    }

    /// <summary>Nodes that are kept, where none of the batch is what they are kept for.</summary>
    private IEnumerable<int> KeptFrom(ImmutableArray<PlacementRequest> batch) => _preemptions.IsEmpty || _preemptions.Has(batch[0].TaskId)
        ? []
        : _preemptions.Nodes.Select(_cluster.IndexOf).Where(node => node >= 0);

    private async Task Preempt()
    {
        var now = clock.GetUtcNow();
        if (now < _preemptsAgainAt)
            return;
        _preemptions.Forget(_queue.Find, now);
        ImmutableArray<PlacementRequest> wanting =
        [
            .. Recalling().Concat(_queue.Parked.Where(request => PriorityBands.Of(request.Priority) > PriorityBand.BestEffort))
                .Where(request => !_preemptions.Has(request.TaskId)).Distinct().Take(PreemptedForAtOnce),
        ];
        if (wanting.IsEmpty)
            return;
        _preemptsAgainAt = now + _preemptionPeriod;
        var byTask = wanting.ToDictionary(request => request.TaskId, StringComparer.Ordinal);
        foreach (var plan in await State.PlanPreemption(wanting, _preemptions.All))
        {
            // Kept before anybody leaves; who was placed or taken out of the queue meanwhile needs nobody to leave.
            if (_queue.Find(plan.TaskId) is not { } request || request.Attempt != byTask[plan.TaskId].Attempt)
                continue;
            _preemptions.Begin(request, plan, now);
            await Task.WhenAll(plan.Victims.Select(victim => Evict(victim, request)));
        }
    }

    /// <summary>What is guaranteed to its team and finds no room: it may take back what others have borrowed, whatever its band, and goes before all others.</summary>
    private IEnumerable<PlacementRequest> Recalling() =>
        _teams.HasLimits ? _queue.Parked.Where(request => TeamRules.IsGuaranteed(_teams.Of(request.Team), TeamAmounts.Of(request))) : [];

    private async Task Evict(PreemptionVictim victim, PlacementRequest forTask)
    {
        try
        {
            await grains.GetGrain<ITaskGrain>(GrainKeys.Task(Cluster, victim.TaskId))
                .Evict(victim.Attempt, StopCode.Preempted, $"Task {forTask.TaskId}, of priority {forTask.Priority}, takes its place.");
            LogPreempted(logger, Cluster, victim.TaskId, forTask.TaskId);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // The plan is made anew when it has not come true within its time.
            LogNotPreempted(logger, exception, Cluster, victim.TaskId);
        }
    }

    private async Task<PlacementExplanation> WithPreemption(PlacementExplanation explanation, PlacementRequest request)
    {
        if (explanation.Feasible > 0 || !explanation.WaitingCanHelp || (PriorityBands.Of(request.Priority) == PriorityBand.BestEffort && !_teams.HasLimits))
            return explanation;
        var plan = _preemptions.All.FirstOrDefault(each => each.Request.TaskId == request.TaskId)?.Plan
            ?? (await State.PlanPreemption([request], _preemptions.All)).FirstOrDefault();
        if (plan is null)
            return explanation;
        var leave = plan.Victims.IsEmpty ? "when others have left" : $"when {string.Join(", ", plan.Victims.Select(victim => victim.TaskId))} {(plan.Victims.Length == 1 ? "has" : "have")} left";
        return explanation with { Preemption = plan, Summary = $"{explanation.Summary}; goes to {plan.Node} {leave}" };
    }
}
