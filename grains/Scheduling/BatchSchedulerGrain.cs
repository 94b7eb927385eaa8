using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Orleans.Placement;
using OrleansCluster.Grains.Runtime;
using OrleansCluster.Grains.Teams;
using OrleansCluster.Placement;
using OrleansCluster.Placement.Gpus;

namespace OrleansCluster.Grains.Scheduling;

/// <summary>
/// Queue, snapshot, decide, commit: on its own copy of the cluster state, without a lock. The queue is not stored; after a restart it is rebuilt
/// from the tasks that are PROVISIONING, and committing a claim a second time is answered with the first.
/// </summary>
[HashBasedPlacement]
internal sealed partial class BatchSchedulerGrain(
    IClusterQueries queries,
    SchedulerShards shards,
    IIdSource ids,
    TimeProvider clock,
    SchedulerInstruments instruments,
    IGrainFactory grains,
    ILogger<BatchSchedulerGrain> logger) : ClusterGrain, ISchedulerGrain
{
    private const int BatchSize = 500;

    /// <summary>Many tasks of a job run out of their time together, and nothing is placed until they have been told.</summary>
    private const int GivenUpAtOnce = 100;

    /// <summary>Requests that the strategy <c>fgd</c> takes for the workload to come.</summary>
    private const int LargestWorkload = 2_000;
    private static readonly TimeSpan _period = TimeSpan.FromSeconds(5);

    /// <summary>How long one tick waits for the cluster to change. Short, because an engine that stops waits for ticks that run.</summary>
    private static readonly TimeSpan _longestWait = TimeSpan.FromSeconds(2);

    /// <summary>So that what cannot be given up now is not tried without a pause.</summary>
    private static readonly TimeSpan _shortestWait = TimeSpan.FromMilliseconds(100);

    private readonly PlacementQueue _queue = new();
    private readonly ClusterArrays _cluster = new();
    private readonly TeamBook _teams = new();
    private readonly LostNodes _lost = new();
    private ClusterVersion _version;
    private IGrainTimer _timer = null!;
    private CancellationTokenSource? _waiting;
    private bool _isRunning;

    /// <summary>The last round was refused whole: what it was decided on is behind what is being written, and deciding on it again would change nothing.</summary>
    private bool _isRefused;
    private QueueView? _shown;

    private IClusterViewGrain View => grains.GetGrain<IClusterViewGrain>(GrainKeys.Cluster(Cluster));
    private IClusterStateGrain State => grains.GetGrain<IClusterStateGrain>(GrainKeys.Cluster(Cluster));

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await Rebuild(cancellationToken);
        Show();
        _timer = this.RegisterGrainTimer(Run, new GrainTimerCreationOptions(TimeSpan.Zero, _period) { Interleave = true, KeepAlive = true });
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _waiting?.Cancel();
        instruments.QueueGone(this.GetPrimaryKeyString(), _shown);
        return Task.CompletedTask;
    }

    public Task Enqueue(ImmutableArray<PlacementRequest> requests)
    {
        Add(requests);
        Show();
        Wake();
        return Task.CompletedTask;
    }

    public Task Cancel(ImmutableArray<string> taskIds)
    {
        foreach (var taskId in taskIds)
            _queue.Remove(taskId);
        Show();
        return Task.CompletedTask;
    }

    public async Task<PlacementExplanation?> Explain(string taskId)
    {
        if (_queue.Find(taskId) is not { } request)
            return null;
        var gang = _queue.TryFindGang(request, out var found) ? found : null;
        if ((_queue.FindShortfall(taskId) ?? TeamRules.CheckMaximum(_teams.Of(request.Team), gang?.Amounts ?? TeamAmounts.Of(request))) is { } shortfall)
            return TeamExplanation.Of(shortfall, request.GangSize);
        var cluster = await ReadFresh();
        var leader = gang?.Leader ?? request;
        if (_queue.FirstParked() is { } first && PlacementQueue.Order.Compare(first, leader) < 0)
            Backfill.KeepNodeFor(cluster, first);
        return await WithPreemption(Avoidance.Explain(cluster, leader), leader);
    }

    public Task<ImmutableSortedDictionary<string, int>> CountQueued() => Task.FromResult(_queue.ToView(Cluster, Name).Teams.ToImmutableSortedDictionary(team => team.Team, team => team.Length, StringComparer.Ordinal));

    public async Task<ImmutableArray<PlacementProposal>> Propose(ImmutableArray<PlacementRequest> requests)
    {
        if (requests.IsEmpty)
            return [];
        var decisions = Backfill.Decide(await ReadFresh(), requests, _queue.FirstParked(), PlacementQueue.Order, [], SeedOf(requests[0]));
        return
        [
            .. decisions.Select(decision => new PlacementProposal
            {
                TaskId = decision.Request.TaskId,
                Node = decision.Node,
                NodeETag = decision.NodeETag,
                Explanation = decision.Explanation,
            }),
        ];
    }

    /// <summary>Not the scheduler's own copy: a round that is under way may not have read its first nodes yet.</summary>
    private async Task<ClusterArrays> ReadFresh() =>
        ClusterArrays.From(await View.Read(ClusterVersion.None, isFresh: true, TimeSpan.Zero, CancellationToken.None));

    /// <summary>Places what waits; where all of the queue is parked, waits for the cluster to change and ticks again.</summary>
    private async Task Run(CancellationToken cancellationToken)
    {
        if (_isRunning || _queue.Count == 0)
            return;
        _isRunning = true;
        try
        {
            do
            {
                await GiveUp(_queue.Advance(clock.GetUtcNow()));
                if (!_queue.HasReady)
                    break;
                await Refresh(_queue.HasWaiting && !_isRefused ? TimeSpan.Zero : UntilNext(_longestWait), cancellationToken);
                if (_queue.HasWaiting)
                    await Place(NextBatch());
                await Preempt();
            }
            while (_queue.HasWaiting);
            _timer.Change(_queue.HasReady ? TimeSpan.Zero : UntilNext(_period), _period);
        }
        finally
        {
            _isRunning = false;
        }
    }

    /// <summary>Until something in the queue has its time, or runs out of it.</summary>
    private TimeSpan UntilNext(TimeSpan longest)
    {
        if (_queue.NextMoment is not { } next || next - clock.GetUtcNow() >= longest)
            return longest;
        var wait = next - clock.GetUtcNow();
        return wait > _shortestWait ? wait : _shortestWait;
    }

    /// <summary>Tells tasks that have waited for too long. One that cannot be told now stays, and is told later.</summary>
    private async Task GiveUp(ImmutableArray<PlacementRequest> expired)
    {
        foreach (var some in expired.Chunk(GivenUpAtOnce))
            await Task.WhenAll(some.Select(GiveUp));
        if (!expired.IsEmpty)
            Show();
    }

    private async Task GiveUp(PlacementRequest request)
    {
        try
        {
            await grains.GetGrain<ITaskGrain>(GrainKeys.Task(Cluster, request.TaskId)).GiveUpWaiting(request.Attempt);
            if (_queue.Find(request.TaskId)?.Attempt == request.Attempt)
                _queue.Remove(request.TaskId);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogNotGivenUp(logger, exception, Cluster, request.TaskId);
        }
    }

    private QueueHead Draw()
    {
        var sums = _queue.HasSeveralTeams || _teams.HasLimits ? ClusterSums.Of(_cluster) : default;
        return _queue.Draw(BatchSize, new FairDraw(_teams, sums.Capacity, sums.Free));
    }

    private async Task Place(QueueHead head)
    {
        var batch = head.Batch;
        if (batch.IsEmpty)
            return;
        var (began, beganAt) = (clock.GetUtcNow(), clock.GetTimestamp());
        var transactions = ToTransactions(batch, Decide(head));
        var placed = transactions.Sum(transaction => transaction.Claims.Length);
        instruments.Decided(Cluster, placed, batch.Length - placed, clock.GetElapsedTime(beganAt));
        _isRefused = false;
        if (placed == 0)
            return;
        var decidedAt = clock.GetTimestamp();
        var answers = await Task.WhenAll(transactions.Select(State.Commit));
        instruments.Committed(Cluster, clock.GetElapsedTime(decidedAt));
        var outcomes = answers is [var only] ? only : [.. answers.SelectMany(answer => answer)];
        _isRefused = outcomes.All(o => !o.IsCommitted);
        RoundSpans.Tell(batch, outcomes, began, clock.GetUtcNow());
        LogRound(logger, Cluster, batch.Length, outcomes.Count(o => o.IsCommitted), outcomes.Count(o => !o.IsCommitted));
        foreach (var (transaction, answer) in transactions.Zip(answers))
        {
            Dequeue(transaction, answer);
            Learn(transaction.Claims, answer);
        }

        Show();
    }

    private ImmutableArray<PlacementDecision> Decide(QueueHead head)
    {
        _cluster.Yardstick = head.Batch.Any(GpuYardstick.IsAskedFor) ? GpuYardstick.Of(_queue.All().SelectMany(request => _queue.MembersOf(request)).Take(LargestWorkload)) : null;
        var avoided = _lost.Next().Select(_cluster.IndexOf).Where(node => node >= 0).ToList();
        int[] kept = [.. KeptFrom(head.Batch)];
        var decisions = Decide(head, [.. avoided, .. kept]);
        return avoided.Count > 0 && decisions.Any(d => !d.IsPlaced) ? Decide(head, kept) : decisions;
    }

    private ImmutableArray<PlacementDecision> Decide(QueueHead head, IReadOnlyCollection<int> avoided) => Avoidance.Decide(
        head.Batch, requests => Backfill.Decide(_cluster, requests, head.First, head.Before, avoided, SeedOf(head.Batch[0])));

    private void Learn(ImmutableArray<ClaimRequest> claims, ImmutableArray<ClaimOutcome> outcomes)
    {
        var lost = claims.Zip(outcomes).Where(x => x.Second.Rejection?.Reason is ClaimRejectionReason.DoesNotFit or ClaimRejectionReason.NodeChanged or ClaimRejectionReason.ConstraintNotMet)
            .Select(x => x.First.Node).ToHashSet(StringComparer.Ordinal);
        foreach (var node in lost.Order(StringComparer.Ordinal))
            _lost.Lost(node);
        foreach (var outcome in outcomes.Where(o => o.IsCommitted && !lost.Contains(o.Node!)))
            _lost.Won(outcome.Node!);
    }

    private async Task Refresh(TimeSpan wait, CancellationToken cancellationToken)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _waiting = waiting;
        try
        {
            var delta = await View.Read(_version, isFresh: wait == TimeSpan.Zero, wait, waiting.Token);
            if (delta.Version == _version)
                return;
            _cluster.Apply(delta);
            if (delta.IsSnapshot)
                _teams.Clear();
            foreach (var team in delta.Teams)
                _teams.Apply(team);
            _version = delta.Version;
            _isRefused = false;
            _queue.Unpark();
        }
        catch (OperationCanceledException) when (waiting.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            // Something was queued.
        }
        finally
        {
            _waiting = null;
        }
    }

    private void Show()
    {
        _shown = _queue.ToView(Cluster, Name);
        instruments.QueueChanged(this.GetPrimaryKeyString(), _shown);
    }

    private void Wake()
    {
        _waiting?.Cancel();
        if (!_isRunning)
            _timer.Change(TimeSpan.Zero, _period);
    }

    private async Task Rebuild(CancellationToken cancellationToken)
    {
        var waiting = new List<(TaskView Task, PlacementRequest Request)>();
        await foreach (var task in queries.ReadTasks(Cluster, jobId: null, TaskState.Provisioning, cancellationToken))
        {
            if (task.OfFramework is null && shards.IsFor(Name, task.Id))
                waiting.Add((task, PlacementRequest.Of(task)));
        }

        // After the tasks: a start that was written after its job had ended, though the store had said that it failed, is not placed.
        var live = await queries.LiveJobs(Cluster, cancellationToken);
        foreach (var (_, request) in waiting.Where(x => (x.Task.IsOfService || live.Contains(x.Task.JobId)) && x.Request.Gang is null))
            _queue.Add(request);
        foreach (var job in waiting.Where(x => live.Contains(x.Task.JobId) && x.Request.Gang is not null).Select(x => x.Task.JobId).Distinct(StringComparer.Ordinal))
            Add(await WaitingGangs.OfJob(queries, Cluster, job, cancellationToken));
    }

    /// <summary>Chance comes from what is placed, so that the same queue is placed the same way again.</summary>
    private static ulong SeedOf(PlacementRequest request) => StableHash.Of(request.TaskId) + (ulong)request.Attempt;
}
