using System.Collections.Immutable;
using System.Globalization;
using OrleansCluster.Embedded.Deterministic;
using OrleansCluster.Testing;

namespace OrleansCluster.Simulator.Scale.Frameworks;

/// <summary>
/// A framework with work to do: over the shared state it decides on a snapshot for all that waits, by offers on all that it has been offered; either takes its time for it, and nobody else's.
/// </summary>
internal sealed class LoadedFramework(SimulatedCluster cluster, TimeProvider clock, string name, FrameworkLoad load, bool byOffers, TimeSpan decision, SeededRandom random)
{
    private const int TasksAtOnce = 1_000;
    private static readonly TimeSpan _listen = TimeSpan.FromMilliseconds(200);
    private readonly SortedDictionary<string, Offer> _offers = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, NodeSnapshot> _nodes = new(StringComparer.Ordinal);
    private ClusterVersion _version;
    private bool _isSuppressed;
    private long _after;
    private int _launches;

    public FrameworkLoad Load => load;

    private TimeSpan Now { get; set; }

    public async Task Run(DateTimeOffset began)
    {
        var spec = new FrameworkSpec { Name = name, Team = name, RateLimit = 10_000, MaximumTasks = 100_000, OfferTimeout = 120 };
        await Ask(framework => framework.Register(spec, ""));
        var stream = (await Ask(framework => framework.Subscribe(byOffers))).Value!.Stream;
        while (!load.IsOver)
        {
            Now = clock.GetUtcNow() - began;
            await Take(await Ask(framework => framework.Next(stream, _after, _listen, CancellationToken.None)));
            Now = clock.GetUtcNow() - began;
            if (load.HasWaiting(Now))
                await Place(began);
            else if (byOffers)
                await Wait();
        }

        await Ask(async framework => new Answer<string> { Refusal = await framework.Teardown(), Value = "" });
    }

    private async Task Take(FrameworkEvents events)
    {
        if (!events.IsOpen)
            cluster.World.Violate($"The stream of framework {name} has ended.");
        var updates = ImmutableArray.CreateBuilder<FrameworkAcknowledgement>();
        foreach (var happened in events.Events)
        {
            _after = happened.Sequence;
            foreach (var offer in happened.Offers)
                _offers[offer.Id] = offer;
            if (happened.Rescinded is { } gone)
                _offers.Remove(gone);
            if (happened.Update is not { WantsAcknowledgement: true } update)
                continue;
            updates.Add(new FrameworkAcknowledgement(update.Task, update.State));
            if (update.State != TaskState.Stopped)
                continue;
            if (update.View is { Succeeded: true })
                load.End(update.Task);
            else if (update.View is { StopCode: StopCode.Preempted })
                load.Preempt(update.Task);
            else if (update.View?.StartedAt is not null)
                cluster.World.Violate($"Task {update.Task} of framework {name} has not succeeded: {update.View.StopCode}, {update.View.Reason}");
        }

        if (updates.Count > 0)
            await Ask(async framework => new Answer<string> { Refusal = await framework.AcknowledgeAll(updates.ToImmutable()), Value = "" });
    }

    private async Task Place(DateTimeOffset began)
    {
        if (byOffers && _isSuppressed)
        {
            _isSuppressed = false;
            await Ask(async framework => new Answer<string> { Refusal = await framework.Revive(), Value = "" });
        }

        if (byOffers && _offers.Count == 0)
            return;
        if (!byOffers)
            await Look();
        var room = byOffers
            ? _offers.Values.GroupBy(offer => offer.Node, StringComparer.Ordinal).Select(node => (Node: node.Key, Cpu: node.Sum(offer => offer.Resources.Cpu))).ToList()
            : [.. _nodes.Values.Where(node => node is { Status: NodeStatus.Active, Free.Cpu: >= FrameworkLoad.Cpu }).Select(node => (Node: node.Name, node.Free.Cpu))];
        var offers = _offers.Keys.ToImmutableArray();
        _offers.Clear();

        // Not all begin with the same node.
        var (tasks, chosen) = (ImmutableArray.CreateBuilder<FrameworkTask>(), new List<LoadTask>());
        var start = room.Count == 0 ? 0 : random.Below(room.Count);
        for (var i = 0; i < room.Count; i++)
        {
            var (node, cpu) = room[(start + i) % room.Count];
            for (; cpu >= FrameworkLoad.Cpu && tasks.Count < TasksAtOnce && load.TryTake(Now, out var task); cpu -= FrameworkLoad.Cpu)
            {
                tasks.Add(task.On(node));
                chosen.Add(task);
            }
        }

        if (decision > TimeSpan.Zero)
            await Task.Delay(decision, clock);
        if (tasks.Count == 0 && offers.IsEmpty)
            return;
        load.Launches++;
        var launch = new FrameworkLaunch { TransactionId = (++_launches).ToString(CultureInfo.InvariantCulture), Tasks = tasks.ToImmutable(), Offers = offers, RefuseSeconds = 0 };
        var answer = await Ask(framework => framework.Launch(launch));
        Now = clock.GetUtcNow() - began;
        if (answer.IsAccepted)
        {
            foreach (var (task, outcome) in chosen.Zip(answer.Value.Tasks))
                load.Settle(task, outcome.IsCommitted, usesUpNames: byOffers, Now);
            return;
        }

        // What was refused and is not launched again within two minutes has ended under its name.
        if (answer.Refusal.Kind != RefusalKind.Conflict)
            cluster.World.Violate($"Framework {name} was refused: {answer.Refusal.Title} {string.Join(' ', answer.Refusal.Faults)}");
        foreach (var task in chosen)
            load.Settle(task, isClaimed: false, usesUpNames: true, Now);
    }

    /// <summary>Nothing is to be placed: what it has been offered goes back, and it asks for no more.</summary>
    private async Task Wait()
    {
        if (_offers.Count > 0)
        {
            var offers = _offers.Keys.ToImmutableArray();
            _offers.Clear();
            load.Declined += offers.Length;
            await Ask(async framework => new Answer<string> { Refusal = await framework.Decline(offers, 1), Value = "" });
        }

        if (_isSuppressed || load.NextAt is { } next && next - Now < TimeSpan.FromSeconds(5))
            return;
        _isSuppressed = true;
        await Ask(async framework => new Answer<string> { Refusal = await framework.Suppress(), Value = "" });
    }

    private async Task Look()
    {
        var delta = await cluster.Request(silo => silo.Engine.GetGrain<IClusterViewGrain>(GrainKeys.Cluster(cluster.Options.Cluster)).Read(_version, isFresh: true, TimeSpan.Zero, CancellationToken.None));
        foreach (var node in delta.Nodes)
            _nodes[node.Name] = node;
        _version = delta.Version;
    }

    private Task<T> Ask<T>(Func<IFrameworkGrain, Task<T>> ask) =>
        cluster.Request(silo => ask(silo.Engine.GetGrain<IFrameworkGrain>(GrainKeys.Framework(cluster.Options.Cluster, name))));
}
