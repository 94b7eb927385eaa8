using System.Collections.Immutable;

namespace OrleansCluster.Client;

/// <summary>
/// Runs a scheduler: keeps its snapshot up to date, asks it when something has changed, commits what it decides, and acknowledges what it was told. One thing after the other, so that a
/// scheduler needs no locks; only the two polls, for the cluster's state and for updates, are under way at the same time.
/// </summary>
internal sealed class SchedulerRun(IFrameworkCalls calls, FrameworkSpec framework, IScheduler scheduler, TimeProvider clock, string runId)
{
    private const int AtOnce = 1_000;
    private const int FirstPauseMilliseconds = 20;
    private const int Doublings = 6;

    /// <summary>Below what a framework may be silent for, and what proxies and HTTP clients give up after.</summary>
    private static readonly TimeSpan _wait = TimeSpan.FromSeconds(10);

    /// <summary>Two runs that take the stream from one another do so within moments.</summary>
    private static readonly TimeSpan _contest = TimeSpan.FromMinutes(1);

    private readonly List<FrameworkUpdate> _updates = [];
    private ClusterSnapshot _cluster = ClusterSnapshot.Empty;
    private ImmutableArray<FrameworkOutcome> _outcomes = [];
    private long _launches;
    private int _refusals;
    private DateTimeOffset? _followedAt;

    /// <summary>Until the scheduler is done, or it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await calls.RegisterAsync(framework, cancellationToken);
        while (!await FollowAsync(cancellationToken))
        {
            // The stream has ended, as with its silo: all that is still so is told again.
        }
    }

    /// <summary>One stream to its end.</summary>
    /// <returns>Whether the scheduler is done.</returns>
    private async Task<bool> FollowAsync(CancellationToken cancellationToken)
    {
        var stream = (await calls.SubscribeAsync(wantsOffers: false, cancellationToken)).Stream;
        await calls.ReconcileAsync([], cancellationToken);
        var last = 0L;
        for (var known = -1L; known != last;)
        {
            known = last;
            (var isOpen, last) = Take(await calls.ReadEventsAsync(stream, last, TimeSpan.Zero, cancellationToken), last);
            if (!isOpen)
                return false;
        }

        await RefreshAsync(cancellationToken);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task<FrameworkEvents>? events = null;
        Task<ClusterDelta>? state = null;
        try
        {
            while (true)
            {
                if (await DecideAsync(cancellationToken))
                    return true;
                if (!_outcomes.IsEmpty)
                    continue;
                for (var isNews = false; !isNews;)
                {
                    events ??= calls.ReadEventsAsync(stream, last, _wait, ending.Token);
                    state ??= calls.ReadStateAsync(_cluster.Version, _wait, isFresh: false, ending.Token);
                    await Task.WhenAny(events, state);
                    if (events.IsCompleted)
                    {
                        (var isOpen, last) = Take(await events, last);
                        if (!isOpen)
                            return false;
                        (events, isNews) = (null, _updates.Count > 0);
                    }

                    if (state.IsCompleted)
                    {
                        isNews |= Take(await state);
                        state = null;
                    }
                }
            }
        }
        finally
        {
            await ending.CancelAsync();
            await Task.WhenAll(Ended(events), Ended(state));
        }
    }

    /// <returns>Whether the scheduler is done.</returns>
    private async Task<bool> DecideAsync(CancellationToken cancellationToken)
    {
        ImmutableArray<FrameworkUpdate> told = [.. _updates];
        var round = new SchedulerRound
        {
            Cluster = _cluster,
            Updates = [.. told.DistinctBy(update => (update.Task, update.State))],
            Outcomes = _outcomes,
        };
        var decision = await scheduler.DecideAsync(round, cancellationToken);
        _updates.Clear();
        _outcomes = [];
        foreach (var some in told.Where(update => update.WantsAcknowledgement).Select(update => new FrameworkAcknowledgement(update.Task, update.State)).Distinct().Chunk(AtOnce))
            await calls.AcknowledgeAsync([.. some], cancellationToken);
        foreach (var task in decision.Kill)
            await calls.KillAsync(task, cancellationToken);
        if (!decision.Launch.IsEmpty)
            await LaunchAsync(decision, cancellationToken);
        return decision.IsDone;
    }

    private async Task LaunchAsync(SchedulerDecision decision, CancellationToken cancellationToken)
    {
        var outcomes = ImmutableArray.CreateBuilder<FrameworkOutcome>(decision.Launch.Length);
        foreach (var some in decision.Mode == CommitMode.AllOrNothing ? [[.. decision.Launch]] : decision.Launch.Chunk(AtOnce))
        {
            var launch = new FrameworkLaunch
            {
                TransactionId = $"{runId}-{++_launches}",
                Tasks = [.. some],
                DecidedOn = _cluster.Version,
                Detection = decision.Detection,
                Mode = decision.Mode,
            };
            outcomes.AddRange((await calls.LaunchAsync(launch, cancellationToken)).Tasks);
        }

        _outcomes = outcomes.DrainToImmutable();
        _refusals = _outcomes.Any(outcome => outcome.IsCommitted) ? 0 : _refusals + 1;
        if (_outcomes.All(outcome => outcome.IsCommitted))
            return;

        // Others were faster. Who is refused everything again and again leaves them some time.
        if (_refusals > 1)
            await Pause(_refusals - 1, cancellationToken);
        await RefreshAsync(cancellationToken);
    }

    private async Task RefreshAsync(CancellationToken cancellationToken) =>
        Take(await calls.ReadStateAsync(_cluster.Version, TimeSpan.Zero, isFresh: true, cancellationToken));

    private (bool IsOpen, long Last) Take(FrameworkEvents events, long last)
    {
        // Once may be a subscription of its own whose answer was lost, and an earlier run gives way at its second.
        if (events is { IsOpen: false, IsFollowed: true })
        {
            var now = clock.GetUtcNow();
            if (_followedAt is { } before && now - before < _contest)
                throw new SchedulerFollowedException(framework.Name);
            _followedAt = now;
        }

        // A poll whose answer was lost is asked again, and answered with the same.
        var fresh = events.Events.Where(happened => happened.Sequence > last).ToList();
        _updates.AddRange(fresh.Select(happened => happened.Update).OfType<FrameworkUpdate>());
        return (events.IsOpen, fresh.Count > 0 ? fresh[^1].Sequence : last);
    }

    /// <returns>Whether it says anything new.</returns>
    private bool Take(ClusterDelta delta)
    {
        // It was asked for before a refresh that was faster, or there is nothing new.
        if (_cluster.Version.IsAtLeast(delta.Version) || (!delta.IsSnapshot && delta.Version.Incarnation != _cluster.Version.Incarnation))
            return false;
        _cluster = _cluster.With(delta);
        return true;
    }

    private Task Pause(int failures, CancellationToken cancellationToken) =>
        Task.Delay(TimeSpan.FromMilliseconds(FirstPauseMilliseconds << Math.Min(failures - 1, Doublings)), clock, cancellationToken);

    /// <summary>A poll that is not asked for any more.</summary>
    private static async Task Ended(Task? poll)
    {
        try
        {
            await (poll ?? Task.CompletedTask);
        }
        catch (Exception)
        {
            // Cancelled here, or nobody's any more.
        }
    }
}
