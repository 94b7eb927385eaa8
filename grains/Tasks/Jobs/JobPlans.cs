using System.Collections.Immutable;
using System.Globalization;
using OrleansCluster.Grains.Tasks.Lifecycle;

namespace OrleansCluster.Grains.Tasks.Jobs;

/// <summary>Plans of jobs: made from what a scheduler proposes, and turned into the transaction that claims what they say.</summary>
internal static class JobPlans
{
    /// <summary>What a scheduler has to be asked for: an attempt for each instance that starts at once, in the order of the specification.</summary>
    public static ImmutableArray<PlacementRequest> ToRequests(JobRecord job, DateTimeOffset now) =>
    [
        .. from task in FirstTasks(job.Spec)
           from index in FirstInstances(job.Spec.Tasks[task])
           select ToRequest(job, task, index, now),
    ];

    /// <param name="proposals">One for each of the job's requests, in their order.</param>
    public static JobPlan Of(JobRecord job, ImmutableArray<PlacementProposal> proposals)
    {
        var first = FirstTasks(job.Spec);
        ImmutableArray<(string Task, int Index, PlacementProposal Proposal)> instances =
        [
            .. first.SelectMany(task => FirstInstances(job.Spec.Tasks[task]), (task, index) => (job.Spec.Tasks[task].Name, index))
                .Zip(proposals, (instance, proposal) => (instance.Name, instance.index, proposal)),
        ];
        return new JobPlan
        {
            JobId = job.Id,
            Spec = job.Spec,
            Placements =
            [
                .. instances.Where(x => x.Proposal.Node is not null)
                    .GroupBy(x => (x.Task, x.Proposal.Node, x.Proposal.NodeETag))
                    .Select(group => new JobPlacement
                    {
                        Task = group.Key.Task,
                        Indexes = [.. group.Select(x => x.Index)],
                        Node = group.Key.Node!,
                        NodeVersion = group.Key.NodeETag.ToString(CultureInfo.InvariantCulture),
                    }),
            ],
            Unplaced =
            [
                .. instances.Where(x => x.Proposal.Node is null)
                    .GroupBy(x => x.Task, StringComparer.Ordinal)
                    .Select(group => new JobUnplaced { Task = group.Key, Count = group.Count(), Reason = group.First().Proposal.Explanation!.Summary }),
            ],
            Later = [.. job.Spec.Tasks.Where((_, task) => !first.Contains(task)).Select(task => task.Name)],
        };
    }

    /// <summary>All that the job's plan says, or nothing; no node may have changed since.</summary>
    public static ClaimTransaction ToTransaction(JobRecord job, DateTimeOffset now) => ToTransaction(job, now, ImmutableDictionary<(string Task, int Index), string>.Empty);

    /// <param name="placed">Those that were placed before, and are left out.</param>
    public static ClaimTransaction ToTransaction(JobRecord job, DateTimeOffset now, IReadOnlyDictionary<(string Task, int Index), string> placed)
    {
        var tasks = job.Spec.Tasks.Select((task, i) => (task.Name, i)).ToDictionary(x => x.Name, x => x.i, StringComparer.Ordinal);
        return new ClaimTransaction
        {
            Scheduler = "plan",
            TransactionId = job.Id,
            DecidedOn = ClusterVersion.None,
            Detection = ConflictDetection.Coarse,
            Mode = CommitMode.AllOrNothing,
            Claims =
            [
                .. from placement in job.Plan
                   let etag = long.Parse(placement.NodeVersion, CultureInfo.InvariantCulture)
                   from index in placement.Indexes
                   where !placed.ContainsKey((placement.Task, index))
                   select ClaimRequest.Of(ToRequest(job, tasks[placement.Task], index, now), placement.Node, etag),
            ],
        };
    }

    /// <summary>What is in the way of a plan, a fault for each placement that does not hold; none where all of it does.</summary>
    /// <param name="outcomes">Those of the plan's transaction.</param>
    public static ImmutableArray<Fault> ChangesOf(JobRecord job, ImmutableArray<ClaimOutcome> outcomes)
    {
        var faults = ImmutableArray.CreateBuilder<Fault>();
        var next = 0;
        for (var i = 0; i < job.Plan.Length; i++)
        {
            var placement = job.Plan[i];
            var own = outcomes.AsSpan(next, placement.Indexes.Length);
            next += placement.Indexes.Length;
            foreach (var outcome in own)
            {
                if (ChangeOf(placement, outcome) is not { } change)
                    continue;
                faults.Add(new Fault($"/placements/{i}", change));
                break;
            }
        }

        return faults.ToImmutable();
    }

    /// <summary>
    /// Where planned tasks have been placed before, as far as they know: what of it has been given back since must not be claimed again. The rest waits, and may be
    /// placed by now without knowing it, or not have been: a scheduler that began anew may have been before the plan.
    /// </summary>
    public static Dictionary<(string Task, int Index), string> PlacedBefore(JobRecord job, IEnumerable<TaskView> tasks)
    {
        var planned = job.Plan.SelectMany(placement => placement.Indexes, (placement, index) => ((placement.Task, index), placement.Node)).ToDictionary(x => x.Item1, x => x.Node);
        var placed = new Dictionary<(string Task, int Index), string>();
        foreach (var task in tasks)
        {
            var node = task.EarlierAttempts.IsEmpty ? task.Node : task.EarlierAttempts[0].Node;

            // Without a node it is over, too: it was stopped, or its gang has gone on.
            if (node is not null || task.State != TaskState.Provisioning || task.Attempt > 1)
                placed.Add((task.Name, task.Index), node ?? planned[(task.Name, task.Index)]);
        }

        return placed;
    }

    /// <summary>One for each task of the plan, in its order.</summary>
    /// <param name="placed">Those that were placed before.</param>
    /// <param name="others">Of the transaction for all others.</param>
    public static ImmutableArray<ClaimOutcome> Outcomes(JobRecord job, IReadOnlyDictionary<(string Task, int Index), string> placed, ImmutableArray<ClaimOutcome> others)
    {
        var next = 0;
        return
        [
            .. from placement in job.Plan
               from index in placement.Indexes
               select placed.TryGetValue((placement.Task, index), out var node)
                   ? new ClaimOutcome { TaskId = TaskId.Of(job.Id, placement.Task, index), Attempt = 1, Node = node }
                   : others[next++],
        ];
    }

    private static string? ChangeOf(JobPlacement placement, ClaimOutcome outcome) => outcome.Rejection switch
    {
        null => outcome.Node == placement.Node ? null : $"{outcome.TaskId} is on node {outcome.Node} already",
        { Reason: ClaimRejectionReason.GangRefused } => null,
        { Reason: ClaimRejectionReason.NodeUnavailable } => $"node {placement.Node} takes no tasks now, or is not there any more",
        { Reason: ClaimRejectionReason.LostRace } => $"node {placement.Node} is being changed by somebody else",
        { Reason: ClaimRejectionReason.NodeChanged, TakenBy: "" } => $"node {placement.Node} has changed since",
        { Reason: ClaimRejectionReason.NodeChanged, TakenBy: var by } => $"node {placement.Node} has changed since; the last to take from it was {by}",
        { Dimension: var dimension, Shortfall: var shortfall } => string.Create(CultureInfo.InvariantCulture, $"node {placement.Node} is short of {dimension} by {shortfall}"),
    };

    private static ImmutableArray<int> FirstTasks(JobSpec spec) =>
    [
        .. JobGraph.Of(spec.Tasks).Plan(new JobProgress(spec.Tasks).ToTaskProgress(), isStopping: false).Startable
            .Where(task => spec.Tasks[task].DependsOnEach.IsEmpty),
    ];

    private static IEnumerable<int> FirstInstances(JobTaskSpec task) =>
        task.DependsOnEach.IsEmpty ? Enumerable.Range(0, Math.Min(task.Count, task.Parallelism ?? task.Count)) : [];

    private static PlacementRequest ToRequest(JobRecord job, int task, int index, DateTimeOffset now) =>
        PlacementRequest.Of(TaskTransitions.Start(job.ToStart(task, index), now).ToView());
}
