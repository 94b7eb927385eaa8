using OrleansCluster.Testing.Faults;
using OrleansCluster.Testing.Kernel;

namespace OrleansCluster.Testing.Silos;

/// <summary>Carries messages between hosts: late, out of order, not at all or twice.</summary>
internal sealed class Network(World world, Edges edges, Func<FaultRates> faults)
{
    private static readonly TimeSpan _fastest = TimeSpan.FromMicroseconds(100);
    private static readonly TimeSpan _usual = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan _slowest = TimeSpan.FromSeconds(8);

    /// <summary>Where faults wait for hand-overs: with all of them slow alike, none would overtake another.</summary>
    private string? _slowMessage;

    /// <param name="arrive">Called at the receiver, if it gets there.</param>
    /// <param name="refuse">Called at the sender where the receiver's process is found to be gone.</param>
    public void Send(SimulatedSilo from, SimulatedSilo to, string what, Action arrive, Action refuse)
    {
        if (from != to && world.Random.Chance(faults().MessageLost))
        {
            Lose(from, to, what);
            return;
        }

        Carry(from, to, what, Delay(from, to, what), arrive, refuse);
        if (from == to || !world.Random.Chance(faults().MessageRepeated))
            return;
        world.Counts.Add(FaultKind.MessageRepeated);
        world.Trace.Add($"message repeated: {from.Id} to {to.Id}, {what}");

        // Later than what was sent after it, or it would say nothing new.
        Carry(from, to, what, world.Random.Between(_usual, _slowest), arrive, () => { });
    }

    private void Carry(SimulatedSilo from, SimulatedSilo to, string what, TimeSpan delay, Action arrive, Action refuse) => world.After(delay, () =>
    {
        if (!to.Process.IsDead && (from == to || (from.Host.ReachesOthers && to.Host.ReachesOthers)))
            Arrive(to, what, arrive);
        else if (to.Process.IsDead && !from.Process.IsDead)
            refuse();
        else
            Lose(from, to, what);
    });

    private void Arrive(SimulatedSilo to, string what, Action arrive)
    {
        edges.Arrives(to, what);
        arrive();
    }

    private TimeSpan Delay(SimulatedSilo from, SimulatedSilo to, string what)
    {
        if (from == to || !world.Random.Chance(DelayRate(what)))
            return world.Random.Between(_fastest, _usual);
        world.Counts.Add(FaultKind.MessageDelayed);
        edges.Delays(from, what);
        return world.Random.Between(_usual, _slowest);
    }

    private double DelayRate(string what)
    {
        var rates = faults();
        if (rates.AtHandOver == 0)
            return rates.MessageDelayed;
        _slowMessage ??= world.Random.Pick(HandOvers.Messages);
        return what == _slowMessage ? Math.Max(rates.MessageDelayed, rates.AtHandOver) : rates.MessageDelayed;
    }

    private void Lose(SimulatedSilo from, SimulatedSilo to, string what)
    {
        world.Counts.Add(FaultKind.MessageLost);
        world.Trace.Add($"message lost: {from.Id} to {to.Id}, {what}");
    }
}
