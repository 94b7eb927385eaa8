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
            return QueueHead.InOrder(first, _queue.FirstParked(), _queue.MembersOf);
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
        var wanting = Wanting();
        if (wanting.IsEmpty)
            return;
        _preemptsAgainAt = now + _preemptionPeriod;
        var byTask = wanting.ToDictionary(request => request.TaskId, StringComparer.Ordinal);
        var plans = (await State.PlanPreemption(wanting, _preemptions.All))

            // Who was placed or taken out of the queue meanwhile needs nobody to leave; a gang goes out of it whole.
            .Where(plan => _queue.Find(plan.TaskId)?.Attempt == byTask[plan.TaskId].Attempt).ToList();

        // Kept before anybody leaves.
        foreach (var plan in plans)
            _preemptions.Begin(byTask[plan.TaskId], plan, now);
        foreach (var plan in plans.Where(plan => _queue.Find(plan.TaskId)?.Attempt == byTask[plan.TaskId].Attempt))
            await Task.WhenAll(plan.Victims.Select(victim => Evict(victim, byTask[plan.TaskId])));
    }

    /// <summary>For whom others may have to leave, so many at a time; gangs whole, so that one that is larger waits without.</summary>
    private ImmutableArray<PlacementRequest> Wanting()
    {
        var wanting = ImmutableArray.CreateBuilder<PlacementRequest>();
        foreach (var request in Recalling().Concat(_queue.Parked.Where(request => PriorityBands.Of(request.Priority) > PriorityBand.BestEffort))
            .Where(request => !_preemptions.Has(request.TaskId)).Distinct())
        {
            var members = _queue.MembersOf(request);
            if (wanting.Count + members.Length <= PreemptedForAtOnce)
                wanting.AddRange(members);
            if (wanting.Count == PreemptedForAtOnce)
                break;
        }

        return wanting.ToImmutable();
    }

    /// <summary>What is guaranteed to its team and finds no room: it may take back what others have borrowed, whatever its band, and goes before all others.</summary>
    private IEnumerable<PlacementRequest> Recalling() => !_teams.HasLimits ? [] : _queue.Parked.Where(request => TeamRules.IsGuaranteed(
        _teams.Of(request.Team), _queue.TryFindGang(request, out var gang) ? gang.Amounts : TeamAmounts.Of(request)));

    private async Task Evict(PreemptionVictim victim, PlacementRequest forTask)
    {
        try
        {
            if (OfferId.Is(victim.TaskId))
                await grains.GetGrain<IOffersGrain>(GrainKeys.Offers(Cluster)).Return([victim.TaskId]);
            else
                await grains.GetGrain<ITaskGrain>(GrainKeys.Task(Cluster, victim.TaskId)).Evict(victim.Attempt, StopCode.Preempted, $"Task {forTask.TaskId}, of priority {forTask.Priority}, takes its place.");
            LogPreempted(logger, Cluster, victim.TaskId, forTask.TaskId);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // The plan is made anew when it has not come true within its time.
            LogNotPreempted(logger, exception, Cluster, victim.TaskId);
        }
    }

    /// <param name="request">Of a gang its leader.</param>
    private async Task<PlacementExplanation> WithPreemption(PlacementExplanation explanation, PlacementRequest request)
    {
        if (explanation.Feasible > 0 || !explanation.WaitingCanHelp || (PriorityBands.Of(request.Priority) == PriorityBand.BestEffort && !_teams.HasLimits))
            return explanation;
        var members = _queue.MembersOf(request);
        if (members.Length > PreemptedForAtOnce)
            return explanation;
        ImmutableArray<PreemptionPlan> plans = [.. _preemptions.All.Where(each => members.Any(member => member.TaskId == each.Request.TaskId)).Select(each => each.Plan)];
        if (plans.IsEmpty)
            plans = await State.PlanPreemption(members, _preemptions.All);
        if (plans.IsEmpty)
            return explanation;
        ImmutableArray<string> victims = [.. plans.SelectMany(plan => plan.Victims).Select(victim => victim.TaskId)];
        var leave = victims.IsEmpty ? "when others have left" : $"when {string.Join(", ", victims)} {(victims.Length == 1 ? "has" : "have")} left";
        var nodes = string.Join(", ", plans.Select(plan => plan.Node).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        return explanation with { Preemption = plans[0], Summary = $"{explanation.Summary}; goes to {nodes} {leave}" };
    }
}
