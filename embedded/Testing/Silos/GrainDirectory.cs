using System.Reflection;
using Orleans.Concurrency;
using Orleans.Placement;
using OrleansCluster.Testing.Kernel;

namespace OrleansCluster.Testing.Silos;

/// <summary>Which silo a grain is on. Like Orleans's own it is right most of the time: a grain may be active twice for a while.</summary>
internal sealed class GrainDirectory(World world, Membership membership, Func<FaultRates> faults)
{
    private static readonly TimeSpan _longestDouble = TimeSpan.FromSeconds(20);
    private readonly SortedDictionary<GrainId, string> _silos = new(Comparer<GrainId>.Create(Compare));
    private readonly Dictionary<GrainId, string> _hints = [];

    /// <summary>The grain goes to that silo when it is placed next.</summary>
    public void Hint(GrainId grain, string silo) => _hints[grain] = silo;

    /// <summary>Where a call from that silo goes. Null where there is nowhere to go.</summary>
    public string? Resolve(SimulatedSilo from, GrainId grain, Type implementation)
    {
        if (implementation.IsDefined(typeof(StatelessWorkerAttribute)) || from.Engine.Holds(grain))
            return from.Id;
        if (_silos.TryGetValue(grain, out var known) && membership.Find(known) is { } silo && (silo.Process.IsDead || silo.Engine.Holds(grain)))
            return known;
        if (!from.Host.ReachesOthers)
            return null;
        var chosen = Place(from, grain, implementation);
        _silos[grain] = chosen;
        return chosen;
    }

    /// <summary>Whether the grain may become active there now.</summary>
    public bool IsAt(GrainId grain, SimulatedSilo silo) => silo.Engine.Holds(grain) || _silos.GetValueOrDefault(grain) == silo.Id;

    /// <summary>
    /// Forgets where one of the grains is, so that the next call from elsewhere makes another activation on another silo; the older one ends later. Each
    /// type of grain has the same chance: of most that matter there is one, among hundreds of tasks.
    /// </summary>
    public void Double()
    {
        var active = _silos.Where(entry => membership.Find(entry.Value) is { Process.IsDead: false } silo && silo.Engine.Holds(entry.Key))
            .GroupBy(entry => entry.Key.Type)
            .Select(ofType => ofType.ToList())
            .ToList();
        if (active.Count == 0)
            return;
        var (grain, id) = world.Random.Pick(world.Random.Pick(active));
        Double(grain, id, stays: false);
    }

    /// <summary>As <see cref="Double()"/>, of one grain; false where it is not there.</summary>
    /// <param name="on">Only if it is on this silo.</param>
    /// <param name="stays">Nobody ends the older activation.</param>
    public bool Double(string key, SimulatedSilo? on = null, bool stays = false)
    {
        var found = _silos.FirstOrDefault(entry =>
            entry.Key.Key.ToString() == key && (on is null || entry.Value == on.Id) && membership.Find(entry.Value) is { Process.IsDead: false } silo && silo.Engine.Holds(entry.Key));
        if (found.Value is null)
            return false;
        Double(found.Key, found.Value, stays);
        return true;
    }

    private void Double(GrainId grain, string id, bool stays)
    {
        _silos.Remove(grain);
        var others = membership.Alive.Remove(id);
        if (!others.IsEmpty)
            Hint(grain, world.Random.Pick(others));
        world.Counts.Add(FaultKind.GrainDoubled);
        world.Trace.Add($"the directory forgets that {grain} is on {id}");
        if (stays || world.Random.Chance(faults().DoubleStays))
            return;
        var silo = membership.Find(id)!;
        world.After(world.Random.Between(TimeSpan.Zero, _longestDouble), () =>
        {
            if (!silo.Process.IsDead && _silos.GetValueOrDefault(grain) != id)
                silo.Engine.Deactivate(grain, new DeactivationReason(DeactivationReasonCode.DuplicateActivation, "Another activation is registered."));
        });
    }

    private string Place(SimulatedSilo from, GrainId grain, Type implementation)
    {
        var alive = membership.Alive;
        if (_hints.Remove(grain, out var hinted) && alive.Contains(hinted))
            return hinted;
        return implementation.GetCustomAttribute<PlacementAttribute>() switch
        {
            PreferLocalPlacementAttribute when alive.Contains(from.Id) => from.Id,
            HashBasedPlacementAttribute => alive[(int)(HashOf(grain) % (uint)alive.Length)],
            _ => world.Random.Pick(alive),
        };
    }

    /// <summary>FNV-1a over the key: the same in every process.</summary>
    private static uint HashOf(GrainId grain)
    {
        var hash = 2166136261u;
        foreach (var letter in grain.Key.ToString() ?? "")
            hash = (hash ^ letter) * 16777619u;
        return hash;
    }

    private static int Compare(GrainId a, GrainId b)
    {
        var byType = string.CompareOrdinal(a.Type.ToString(), b.Type.ToString());
        return byType != 0 ? byType : string.CompareOrdinal(a.Key.ToString(), b.Key.ToString());
    }
}
