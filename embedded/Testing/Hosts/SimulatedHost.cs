using System.Collections.Immutable;
using OrleansCluster.Silo.Agent;
using OrleansCluster.Testing.Containers;
using OrleansCluster.Testing.Silos;

namespace OrleansCluster.Testing.Hosts;

/// <summary>A machine: a container runtime, a clock, a connection to the others, and a silo that is started again when it ends.</summary>
internal sealed class SimulatedHost
{
    private static readonly TimeSpan _shortestRestart = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan _longestRestart = TimeSpan.FromSeconds(2);
    private readonly SimulatedCluster _cluster;
    private int _runs;
    private int _cuts;
    private int _storeCuts;
    private int _outages;

    /// <param name="agents">One for each of its nodes; a host that is not there for its scale has one, of its own name.</param>
    public SimulatedHost(SimulatedCluster cluster, string name, ImmutableArray<AgentOptions> agents)
    {
        _cluster = cluster;
        Name = name;
        Runtime = new HostRuntime(cluster.World, name, agents[0].Capacity!.Value, cluster.ContainerChanged) { Load = cluster.LoadOf };
        Nodes = [.. agents.Select(agent => new SimulatedNode(agent, new HostGuard(cluster.World, this, agent)))];
        var drift = cluster.Options.Faults.ClockDrift;
        if (drift > 0)
        {
            ClockRate = 1 + (drift * ((2 * cluster.World.Random.Fraction()) - 1));
            ClockAhead = cluster.World.Random.Between(TimeSpan.FromSeconds(-1), TimeSpan.FromSeconds(1));
            cluster.World.Counts.Add(FaultKind.ClockDrifts);
        }
    }

    public string Name { get; }

    public ImmutableArray<SimulatedNode> Nodes { get; }

    public HostRuntime Runtime { get; }

    public double ClockRate { get; } = 1;

    public TimeSpan ClockAhead { get; }

    public bool IsOn { get; private set; }

    public bool ReachesOthers => IsOn && _cuts == 0;

    public bool ReachesStore => IsOn && _storeCuts == 0;

    /// <summary>The silo that runs now, if one does.</summary>
    public SimulatedSilo? Silo { get; private set; }

    public void TurnOn()
    {
        if (IsOn)
            return;
        IsOn = true;
        Trace("is turned on");
        StartSilo();
    }

    /// <summary>The power goes.</summary>
    public void TurnOff()
    {
        if (!IsOn)
            return;
        IsOn = false;
        Trace("loses its power");
        StopSilo();
        Runtime.Lose();
        foreach (var node in Nodes)
            node.Guard.Forget();
    }

    /// <summary>kill -9; the silo is started again some time later, by what supervises it.</summary>
    public void KillSilo()
    {
        if (Silo is not { } silo)
            return;
        SiloEnded(silo, "it was killed");
    }

    public void SiloEnded(SimulatedSilo silo, string why)
    {
        if (Silo != silo)
            return;
        Trace($"{silo.Id} ends: {why}");
        StopSilo();
        _cluster.World.After(_cluster.World.Random.Between(_shortestRestart, _longestRestart), StartSilo);
    }

    /// <summary>Until it is joined again as often, no other host is reached, and with <paramref name="store"/> not the database either.</summary>
    public void CutOff(bool store)
    {
        Trace(store ? "is isolated" : "is cut off");
        _cuts++;
        if (store)
            _storeCuts++;
        if (Silo is { } silo)
        {
            _cluster.Membership.Suspect(silo);

            // Whoever reads the table learns that it counts as dead.
            if (!store)
                _cluster.World.After(_cluster.World.Random.Between(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(10)), () => ReadMembership(silo));
        }
    }

    public void JoinAgain(bool store)
    {
        if (_cuts == 0 || (store && _storeCuts == 0))
            return;
        Trace("is back");
        _cuts--;
        if (store)
            _storeCuts--;
        if (Silo is { } silo)
            ReadMembership(silo);
    }

    /// <summary>The container runtime does not answer until it is back as often.</summary>
    public void LoseRuntime()
    {
        _outages++;
        Runtime.IsAway = true;
    }

    public void RegainRuntime()
    {
        _outages = Math.Max(_outages - 1, 0);
        Runtime.IsAway = _outages > 0;
    }

    /// <summary>Everything about it is as it should be again.</summary>
    public void Heal()
    {
        (_cuts, _storeCuts, _outages) = (0, 0, 0);
        Runtime.IsAway = false;
        Silo?.Process.Resume();
        TurnOn();
        if (Silo is { } silo)
            ReadMembership(silo);
    }

    private void StartSilo()
    {
        if (!IsOn || Silo is not null)
            return;

        // A silo that does not reach the others cannot join them, and ends at once.
        if (!ReachesOthers || !ReachesStore || !_cluster.Membership.CanJoin(this))
        {
            _cluster.World.After(_longestRestart, StartSilo);
            return;
        }

        Silo = new SimulatedSilo(_cluster, this, ++_runs);
        Trace($"{Silo.Id} starts");
        Silo.Start();
    }

    private void StopSilo()
    {
        if (Silo is not { } silo)
            return;
        Silo = null;
        silo.Kill();
        _cluster.Membership.Suspect(silo);
    }

    private void ReadMembership(SimulatedSilo silo)
    {
        if (Silo == silo && ReachesStore)
            _cluster.Membership.Read(silo);
    }

    private void Trace(string what) => _cluster.World.Trace.Add($"host {Name} {what}");
}
