using System.Collections.Immutable;
using OrleansCluster.Embedded.Deterministic;
using OrleansCluster.Testing.Silos;

namespace OrleansCluster.Simulator.Workloads;

/// <summary>
/// A scheduler of somebody else: takes offers, or decides over the shared state, or does both; answers late, badly or not at all, kills, reconciles, loses its stream, and acknowledges what it is told,
/// sometimes only when it is told again. In the end every task that it has placed has ended for it.
/// </summary>
internal sealed class FrameworkUser(WorkloadContext context, string name, SeededRandom random)
{
    private const int MostTasks = 40;
    private static readonly TimeSpan _listen = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan _pause = TimeSpan.FromSeconds(1);

    /// <summary>Tasks that it has launched, and whose end it has not acknowledged.</summary>
    private readonly SortedSet<string> _open = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Offer> _offers = new(StringComparer.Ordinal);
    private string _token = "";
    private string? _stream;
    private long _after;
    private int _tasks;
    private int _launches;

    public string Name { get; } = name;

    public bool HasFinished { get; private set; }

    private bool TakesOffers { get; } = random.Chance(0.6);

    public string Describe() => $"{_tasks} tasks, of which {string.Join(", ", _open)} have not ended for it";

    public async Task Run()
    {
        var spec = new FrameworkSpec
        {
            Name = Name,
            Team = random.Chance(0.5) ? "default" : Name,
            Priority = random.Between(0, 74),
            FailoverTimeout = 100_000,
            OfferTimeout = random.Between(5, 60),
            Contestable = random.Chance(0.3),
        };
        while (_token.Length == 0)
        {
            // An answer that was lost had the token: nobody can tell it again, so another name is taken.
            var answer = await context.Ask(silo => Of(silo).Register(spec, ""));
            if (!answer.IsAccepted)
                break;
            _token = answer.Value.Token;
        }

        while (!context.IsFinishing || _open.Count > 0)
        {
            if (_stream is null)
                await Subscribe();
            else if (await Try(framework => framework.Next(_stream, _after, _listen, CancellationToken.None)) is { } events)
                await Take(events);
            if (context.IsFinishing)
                await End();
            else
                await Act();
        }

        context.Cluster.Invariants!.Held.OnLeft(Name);
        await context.Ask(async silo => await Of(silo).Teardown() is { Kind: not RefusalKind.NotFound } refusal ? new Answer<string> { Refusal = refusal } : new Answer<string> { Value = "" });
        while (await context.Ask(silo => Of(silo).Get()) is not null)
            await context.Delay(_pause);
        HasFinished = true;
    }

    private async Task Subscribe()
    {
        _offers.Clear();
        var answer = await Try(framework => framework.Subscribe(TakesOffers && !context.IsFinishing));
        (_stream, _after) = (answer?.Value?.Stream, 0);
        if (_stream is null)
            await context.Delay(_pause);
    }

    private async Task Take(FrameworkEvents events)
    {
        foreach (var happened in events.Events)
        {
            _after = happened.Sequence;
            foreach (var offer in happened.Offers)
                _offers[offer.Id] = offer;
            if (happened.Rescinded is { } gone)
                _offers.Remove(gone);
            if (happened.Update is { } update)
                await Take(update);
        }

        if (!events.IsOpen)
            _stream = null;
    }

    private async Task Take(FrameworkUpdate update)
    {
        context.Cluster.Invariants!.OnTold(Name, update);

        // A launch that nobody answered, and that was never carried out.
        if (update.View is null)
            _open.Remove(update.Task);
        if (!update.WantsAcknowledgement || random.Chance(0.2))
            return;
        var isTold = await Try(async framework => new Answer<string> { Refusal = await framework.Acknowledge(update.Task, update.State), Value = "" });
        if (isTold is { Refusal: null } && update.State == TaskState.Stopped)
            _open.Remove(update.Task);
    }

    private async Task Act()
    {
        if (random.Chance(0.3))
            await context.Delay(random.Between(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(20)));
        switch (random.Below(10))
        {
            case < 5 when TakesOffers && _offers.Count > 0:
                await Answer();
                break;
            case < 5 when !TakesOffers && _tasks < MostTasks:
                await Decide();
                break;
            case 5 when _tasks < MostTasks:
                await Hold();
                break;
            case 6 when _open.Count > 0:
                var killed = random.Pick(_open.ToList());
                await Try(async framework => new Answer<string> { Refusal = await framework.Kill(killed), Value = "" });
                break;
            case 7:
                await Try(async framework => new Answer<string> { Refusal = await framework.Reconcile([.. _open.Take(random.Below(3))]), Value = "" });
                break;
            case 8 when random.Chance(0.3):
                _stream = null;
                break;
            case 9:
                await Try(async framework => new Answer<string> { Refusal = random.Chance(0.3) ? await framework.Suppress() : await framework.Revive(), Value = "" });
                break;
        }
    }

    /// <summary>What runs for ever is killed, and of what is not there it is told so.</summary>
    private async Task End()
    {
        if (_stream is null || _open.Count == 0 || random.Chance(0.7))
            return;
        var some = random.Pick(_open.ToList());
        await Try(async framework => new Answer<string> { Refusal = random.Chance(0.5) ? await framework.Kill(some) : await framework.Reconcile([some]), Value = "" });
    }

    /// <summary>An offer, or some of one node, or one that stands no more perhaps.</summary>
    private async Task Answer()
    {
        var node = random.Pick(_offers.Values.ToList()).Node;
        var offers = _offers.Values.Where(offer => offer.Node == node).ToImmutableArray();
        foreach (var offer in offers)
            _offers.Remove(offer.Id);
        if (_tasks >= MostTasks || random.Chance(0.4))
        {
            var seconds = random.Between(0, 30);
            await Try(async framework => new Answer<string> { Refusal = await framework.Decline([.. offers.Select(offer => offer.Id)], seconds), Value = "" });
            return;
        }

        await Launch(node, [.. offers.Select(offer => offer.Id)]);
    }

    private async Task Decide()
    {
        if (await Look() is { Nodes.IsEmpty: false } snapshot)
            await Launch(random.Pick(snapshot.Nodes.ToList()).Name, []);
    }

    /// <summary>Claims without tasks: launches on them, gives them back, or leaves them until their time is over.</summary>
    private async Task Hold()
    {
        if (await Look() is not { Nodes.IsEmpty: false } snapshot)
            return;
        var node = random.Pick(snapshot.Nodes.ToList()).Name;
        var claims = new FrameworkClaims
        {
            TransactionId = $"hold-{++_launches}",
            Mode = random.Chance(0.3) ? CommitMode.AllOrNothing : CommitMode.Incremental,
            HoldSeconds = random.Between(1, 60),
            Claims = [.. Enumerable.Range(0, random.Between(1, 3)).Select(_ => new FrameworkClaim { Node = node, Resources = new Resources(50 * random.Between(1, 12), 32 * random.Between(1, 8), 0) })],
        };
        Answer<FrameworkClaimed>? answer = null;
        for (var tries = 0; tries < 3 && answer is null; tries++)
            answer = await Try(framework => framework.Claim(claims));
        if (answer is not { IsAccepted: true })
            return;
        var outcomes = answer.Value.Claims;
        foreach (var outcome in outcomes)
            context.Cluster.Invariants!.OnAnswer(new ClaimOutcome { TaskId = outcome.Claim, Attempt = 1, Node = outcome.Node, Rejection = outcome.Rejection });
        if (claims.Mode == CommitMode.AllOrNothing && outcomes.Any(outcome => outcome.IsCommitted) && outcomes.Any(outcome => !outcome.IsCommitted))
            context.Cluster.World.Violate($"framework {Name} was told that {claims.TransactionId}, all or nothing, is committed in part");
        ImmutableArray<string> held = [.. outcomes.Where(outcome => outcome.IsCommitted).Select(outcome => outcome.Claim)];
        if (held.IsEmpty || random.Chance(0.3))
            context.Cluster.Invariants!.Held.OnKept(held);
        else if (random.Chance(0.3))
            await Try(async framework => new Answer<string> { Refusal = await framework.Release(held), Value = "" });
        else
            await Launch(node, held);
    }

    private async Task<ClusterDelta?> Look()
    {
        var delta = await Try(async silo => new Answer<ClusterDelta> { Value = await silo.Engine.GetGrain<IClusterViewGrain>(GrainKeys.Cluster(context.Cluster.Options.Cluster)).Read(ClusterVersion.None, isFresh: random.Chance(0.5), TimeSpan.Zero, CancellationToken.None) }, _ => true);
        return delta?.Value;
    }

    private async Task Launch(string node, ImmutableArray<string> offers)
    {
        var launch = new FrameworkLaunch
        {
            TransactionId = $"{++_launches}",
            Offers = offers,
            Mode = random.Chance(0.3) ? CommitMode.AllOrNothing : CommitMode.Incremental,
            RefuseSeconds = random.Chance(0.5) ? random.Between(0, 20) : null,
            Tasks = [.. Enumerable.Range(0, random.Between(0, 3)).Select(_ => Draw(node))],
        };

        // The same once more where no answer came: it may have been carried out.
        for (var tries = 0; tries < 3; tries++)
        {
            _open.UnionWith(launch.Tasks.Select(task => task.Name));
            if (await Try(framework => framework.Launch(launch)) is not { } answer)
                continue;
            Settle(launch, answer);
            return;
        }
    }

    /// <summary>What was refused without offers is not tried again: after a while the framework's grain ends it, and tells so.</summary>
    private void Settle(FrameworkLaunch launch, Answer<FrameworkLaunched> answer)
    {
        if (!answer.IsAccepted)
        {
            if (answer.Refusal.Kind == RefusalKind.Invalid)
                context.Cluster.World.Violate($"framework {Name} was refused what it launched: {answer.Refusal.Title} {string.Join(' ', answer.Refusal.Faults)}");
            return;
        }

        foreach (var outcome in answer.Value.Tasks)
            context.Cluster.Invariants!.OnAnswer(new ClaimOutcome { TaskId = outcome.TaskId, Attempt = 1, Node = outcome.Node, Rejection = outcome.Rejection });
    }

    private FrameworkTask Draw(string node) => new()
    {
        Name = $"{Name}/task_{++_tasks}",
        Node = node,
        Containers =
        [
            new ContainerSpec
            {
                Name = "main",
                Image = "app",
                Command = ["sh", "-c", random.Below(5) switch { 0 => "exit 3", 1 => "true", 2 => "sleep 10000000", _ => $"sleep {random.Between(1, 60)}" }],
                Resources = new Resources(50 * random.Between(1, 6), 32 * random.Between(1, 4), 0),
                StopTimeout = 2,
            },
        ],
    };

    private Task<T?> Try<T>(Func<IFrameworkGrain, Task<T>> ask)
        where T : class => Try(silo => ask(Of(silo)), _ => true);

    private async Task<T?> Try<T>(Func<SimulatedSilo, Task<T>> ask, Func<T, bool> isAnswer)
        where T : class
    {
        try
        {
            return await context.Try(ask) is { } answer && isAnswer(answer) ? answer : null;
        }
        catch (Exception exception) when (exception is not ArgumentException)
        {
            await context.Delay(_pause);
            return null;
        }
    }

    private IFrameworkGrain Of(SimulatedSilo silo) => silo.Engine.GetGrain<IFrameworkGrain>(GrainKeys.Framework(context.Cluster.Options.Cluster, Name));
}
