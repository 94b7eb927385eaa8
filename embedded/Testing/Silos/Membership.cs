using System.Collections.Immutable;
using OrleansCluster.Testing.Hosts;
using OrleansCluster.Testing.Kernel;

namespace OrleansCluster.Testing.Silos;

/// <summary>
/// Which silos count as alive: the table in the database, and what each silo has read of it. A silo that does not answer is declared dead some
/// seconds later; one that is and reads it ends itself, as Orleans's silos do.
/// </summary>
internal sealed class Membership(World world)
{
    private static readonly TimeSpan _shortestSuspicion = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _longestSuspicion = TimeSpan.FromSeconds(6);
    private readonly SortedDictionary<string, SimulatedSilo> _alive = new(StringComparer.Ordinal);

    public ImmutableArray<string> Alive { get; private set; } = [];

    public void Join(SimulatedSilo silo)
    {
        // The one before it on the same host and port is dead, whoever knows.
        foreach (var before in _alive.Values.Where(other => other.Host == silo.Host).ToList())
            _alive.Remove(before.Id);
        _alive.Add(silo.Id, silo);
        Publish();
    }

    public SimulatedSilo? Find(string id) => _alive.GetValueOrDefault(id);

    /// <summary>Whether a new silo on that host finds all others that may be alive, as it must before it is let in.</summary>
    public bool CanJoin(SimulatedHost host) => _alive.Values.All(silo => silo.Host == host || silo.Process.IsDead || silo.Answers);

    /// <summary>It has stopped answering, for whatever reason; somebody else has to be there to say so.</summary>
    public void Suspect(SimulatedSilo silo) => world.After(world.Random.Between(_shortestSuspicion, _longestSuspicion), () =>
    {
        if (silo.Answers || !_alive.ContainsKey(silo.Id))
            return;
        if (!_alive.Values.Any(other => other != silo && other.Answers && other.Host.ReachesStore))
        {
            Suspect(silo);
            return;
        }

        _alive.Remove(silo.Id);
        world.Trace.Add($"{silo.Id} is declared dead");
        Publish();
    });

    /// <summary>The silo reads the table again.</summary>
    public void Read(SimulatedSilo silo)
    {
        silo.Others = Alive.Remove(silo.Id);
        if (!silo.Process.IsDead && !_alive.ContainsKey(silo.Id))
            silo.End("it reads that it was declared dead");
    }

    private void Publish()
    {
        Alive = [.. _alive.Keys];
        foreach (var silo in _alive.Values)
            world.After(world.Random.Between(TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(1)), () => ReadIfReachable(silo));
    }

    private void ReadIfReachable(SimulatedSilo silo)
    {
        if (!silo.Process.IsDead && silo.Host.ReachesStore)
            Read(silo);
    }
}
