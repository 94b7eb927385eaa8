using System.Collections.Immutable;
using OrleansCluster.Embedded.Deterministic;

namespace OrleansCluster.Simulator.Workloads.Frameworks;

/// <summary>
/// Launches tasks, many of which run for ever, over offers or over the shared state, and dies with what it has been offered. Its tasks are stopped and it is forgotten, or they run on, as it chose, without
/// anybody asking: that would wake it.
/// </summary>
internal sealed class DyingFramework(WorkloadContext context, string name, SeededRandom random) : FrameworkBehaviour(context, name, random)
{
    private const int MostLaunches = 4;
    private static readonly TimeSpan _listen = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan _step = TimeSpan.FromSeconds(1);

    /// <summary>How much longer than it may be away a framework is waited for to be gone, or to be there still. Clocks run apart by minutes where they drift.</summary>
    private static readonly TimeSpan _untilGone = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan _untilKept = TimeSpan.FromSeconds(45);

    private readonly FrameworkSpec _spec = new()
    {
        Name = name,
        FailoverTimeout = random.Between(0, 30),
        Abandoned = random.Chance(0.5) ? AbandonedTasks.Kill : AbandonedTasks.Keep,
        OfferTimeout = random.Between(5, 60),
    };

    private readonly bool _takesOffers = random.Chance(0.5);
    private readonly TimeSpan _life = random.Between(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(60));
    private readonly Dictionary<string, Offer> _offers = new(StringComparer.Ordinal);
    private string? _stream;
    private long _after;
    private int _launches;
    private bool _isDead;

    protected override FrameworkSpec Spec => _spec;

    protected override async Task Act()
    {
        if (!_isDead)
            await Live();
        else
            await Context.Delay(_step);
    }

    protected override async Task End()
    {
        while (!_isDead)
            await Live();
        var mayBeAway = TimeSpan.FromSeconds(_spec.FailoverTimeout);
        if (_spec.Abandoned == AbandonedTasks.Keep)
        {
            await Context.Delay(mayBeAway + _untilKept);
            return;
        }

        var end = Context.Cluster.Time + mayBeAway + _untilGone;
        while (Known is not null)
        {
            if (Context.Cluster.Time >= end)
                Violate($"has died, and is there {mayBeAway + _untilGone} after all faults ended; it may be away for {mayBeAway}");
            await Context.Delay(_step);
        }
    }

    /// <summary>It dies in its time, though not before it has listened and tried to launch.</summary>
    private async Task Live()
    {
        // It could not be heard for too long.
        if (Known is not { IsRemoved: false })
        {
            _isDead = true;
            return;
        }

        if (_stream is null)
            await Subscribe();
        else if (await Try(async framework => (Answer<FrameworkEvents>)await framework.Next(_stream, _after, _listen, CancellationToken.None)) is { Value: { } events })
            Take(events);
        if (_launches < MostLaunches && (!_takesOffers || _offers.Count > 0 || Context.IsFinishing) && Random.Chance(0.5))
            await Launch();
        if (_stream is null || _launches == 0 || (Context.Cluster.Time < _life && !Context.IsFinishing))
            return;
        _isDead = true;
        Context.Cluster.World.Trace.Add($"framework {Name} dies");
        Context.Cluster.Invariants!.OnDied(Name);
    }

    private async Task Subscribe()
    {
        _offers.Clear();
        (_stream, _after) = ((await Try(framework => framework.Subscribe(_takesOffers)))?.Value?.Stream, 0);
    }

    private void Take(FrameworkEvents events)
    {
        foreach (var happened in events.Events)
        {
            _after = happened.Sequence;
            foreach (var offer in happened.Offers)
                _offers[offer.Id] = offer;
            if (happened.Rescinded is { } gone)
                _offers.Remove(gone);
            if (happened.Update is { } update)
                Context.Cluster.Invariants!.OnTold(Name, update);
        }

        if (!events.IsOpen)
            _stream = null;
    }

    /// <summary>On one of its offers, or on none; what is under way when it dies is under way.</summary>
    private async Task Launch()
    {
        var offer = _offers.Count > 0 ? Random.Pick(_offers.Values.ToList()) : null;
        if (offer is not null)
            _offers.Remove(offer.Id);
        var node = offer?.Node ?? PickNode();
        var launch = new FrameworkLaunch
        {
            TransactionId = $"{++_launches}",
            Offers = offer is null ? [] : ImmutableArray.Create(offer.Id),
            Tasks = [.. Enumerable.Range(0, Random.Between(1, 2)).Select(_ => Draw(node, Random.Chance(0.5) ? "sleep 10000000" : $"sleep {Random.Between(1, 60)}"))],
        };
        var answer = Try(framework => framework.Launch(launch));
        if (Random.Chance(0.7))
            await answer;
    }
}
