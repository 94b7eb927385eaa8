using OrleansCluster.Grains.Storage;
using OrleansCluster.Grains.Tasks;
using OrleansCluster.Grains.Tasks.Jobs;
using OrleansCluster.Testing.Hosts;
using OrleansCluster.Testing.Kernel;
using OrleansCluster.Testing.Silos;

namespace OrleansCluster.Testing.Faults;

/// <summary>Makes things go wrong at moments that the seed decides; what was taken away comes back later.</summary>
internal sealed class FaultInjector(SimulatedCluster cluster)
{
    private const string Committer = "cluster";
    private static readonly string[] _writers = [JobGrainState.Name, TaskGrainState.Name, Committer];

    /// <summary>Between a moment and the crash that waited for it: before and after what the moment is about.</summary>
    private static readonly TimeSpan _longestToCrash = TimeSpan.FromMilliseconds(20);

    /// <summary>Between the moment at which a node is given up and its host's return.</summary>
    private static readonly TimeSpan _longestToReturn = TimeSpan.FromSeconds(3);

    /// <summary>Seconds that a host is off.</summary>
    private const int LongestOff = 60;

    /// <summary>Seconds that it is off while what it said last is under way.</summary>
    private const int ShortOff = 4;

    /// <summary>Jobs whose grain got a second activation when they were about to end: that one is not kept waiting too.</summary>
    private readonly HashSet<string> _followed = [];

    /// <summary>Which start of it is on; 0 for none. What an earlier one had planned does not happen any more.</summary>
    private int _on;
    private int _starts;
    private FaultRates _rates = FaultRates.None;

    private World World => cluster.World;

    public void Start(FaultRates rates)
    {
        if (_on > 0)
            return;
        _on = ++_starts;
        _rates = rates;
        Repeat(rates.SiloCrashed, null, () => OnSilo(silo => Crash(silo, FaultKind.SiloCrashed, _ => silo.Host.KillSilo())));
        Repeat(rates.HostCrashed, null, () => OnHost(host => host.IsOn, host => Crash(host.Silo, FaultKind.HostCrashed, mostOff => TurnOff(host, mostOff))));
        Repeat(rates.HostCutOff, FaultKind.HostCutOff, () => OnHost(host => host.ReachesOthers, host => CutOff(host, store: false)));
        Repeat(rates.HostIsolated, FaultKind.HostIsolated, () => OnHost(host => host.ReachesOthers, host => CutOff(host, store: true)));
        Repeat(rates.GrainDoubled, null, Double);
        Repeat(rates.ProcessPaused, null, () => OnSilo(Pause));
        Repeat(rates.StoreAway, FaultKind.StoreAway, TakeStoreAway);
        Repeat(rates.RuntimeAway, FaultKind.RuntimeAway, () => OnHost(host => host.IsOn, TakeRuntimeAway));
        Repeat(rates.ContainerKilled, FaultKind.ContainerKilled, () => OnHost(host => host.IsOn, KillContainer));
    }

    public void Stop()
    {
        _on = 0;
        cluster.Edges.Clear();
    }

    private void Repeat(TimeSpan? mean, FaultKind? kind, Action happen)
    {
        if (mean is { } time)
            Repeat(time, kind, happen);
    }

    private void Repeat(TimeSpan mean, FaultKind? kind, Action happen) => WhileOn(mean * (2 * World.Random.Fraction()), () =>
    {
        if (kind is { } counted)
            World.Counts.Add(counted);
        happen();
        Repeat(mean, kind, happen);
    });

    private void OnHost(Func<SimulatedHost, bool> can, Action<SimulatedHost> happen)
    {
        var hosts = cluster.Hosts.Where(can).ToList();
        if (hosts.Count > 0)
            happen(World.Random.Pick(hosts));
    }

    private void OnSilo(Action<SimulatedSilo> happen) => OnHost(host => host.Silo is not null, host => happen(host.Silo!));

    private bool AtHandOver() => World.Random.Chance(_rates.AtHandOver);

    private string AnyMessage() => cluster.Edges.MessageNames is { Count: > 0 } names ? World.Random.Pick([.. names]) : "";

    private bool WaitsForEdge() => World.Random.Chance(_rates.AtEdge);

    /// <param name="crash">Told how long a host stays off at the most.</param>
    private void Crash(SimulatedSilo? silo, FaultKind kind, Action<int> crash)
    {
        var mostOff = LongestOff;
        if (silo is null || !WaitsForEdge())
            Happen();
        else if (_rates.MessageDelayed > 0 && World.Random.Chance(0.5))
            AtDelay();
        else
            cluster.Edges.AtWrite((from, _) => from == silo && Soon());

        void AtDelay()
        {
            // What a node reports may be delayed between others.
            var handsOver = AtHandOver();
            var name = handsOver ? HandOvers.Pick(World, cluster.Edges.MessageNames) : AnyMessage();
            var isCheckpoint = name == HandOvers.Checkpoint;
            mostOff = isCheckpoint ? ShortOff : LongestOff;
            cluster.Edges.AtDelay((from, message) => ((handsOver && !isCheckpoint) || from == silo) && message == name && Soon());
        }

        bool Soon()
        {
            WhileOn(World.Random.Between(TimeSpan.Zero, _longestToCrash), Happen);
            return true;
        }

        void Happen()
        {
            World.Counts.Add(kind);
            crash(mostOff);
        }
    }

    private void Double()
    {
        if (!WaitsForEdge())
        {
            cluster.Directory.Double();
            return;
        }

        if (AtHandOver())
        {
            if (World.Random.Chance(0.5))
                cluster.Edges.AtWrite((_, unit) => LostIn(unit) is { } node && cluster.Directory.Double(GrainKeys.Node(unit.Cluster, node)));
            else
                cluster.Edges.AtList((silo, query) => query.Parent is { } job && IsAboutToEnd(job) && _followed.Add(job) && cluster.Directory.Double(GrainKeys.Job(query.Cluster, job), silo));
            return;
        }

        // Of the many writes most are tasks'.
        var kind = World.Random.Pick(_writers);
        cluster.Edges.AtWrite((silo, unit) => WriterOf(unit) is { } writer && writer.Kind == kind && cluster.Directory.Double(writer.Key, silo));
    }

    private bool IsAboutToEnd(string job) => cluster.Invariants is { } books && books.AreTasksOver(job) && !books.HasEnded(job);

    private static (string Kind, string Key)? WriterOf(CommitUnit unit) => unit switch
    {
        { States: [var state, ..] } => (state.Kind, state.Key),
        { Nodes.IsEmpty: false } => (Committer, GrainKeys.Cluster(unit.Cluster)),
        _ => null,
    };

    /// <summary>The node that is declared lost by that write.</summary>
    private static string? LostIn(CommitUnit unit) => unit.Nodes.FirstOrDefault(write => write.Row.Status == NodeStatus.Lost)?.Row.Node;

    private void TurnOff(SimulatedHost host, int most)
    {
        host.TurnOff();
        Later(1, most, host.TurnOn);
    }

    private void CutOff(SimulatedHost host, bool store)
    {
        host.CutOff(store);
        Returns(host, 60, () => host.JoinAgain(store));
    }

    private void Pause(SimulatedSilo silo)
    {
        if (!WaitsForEdge())
        {
            StandStill(silo);
            return;
        }

        var name = AtHandOver() ? World.Random.Pick(HandOvers.Arrivals) : AnyMessage();
        cluster.Edges.AtArrival((to, message) =>
        {
            if (to != silo || message != name)
                return false;
            StandStill(silo);
            return true;
        });
    }

    private void StandStill(SimulatedSilo silo)
    {
        World.Counts.Add(FaultKind.ProcessPaused);
        World.Trace.Add($"{silo.Id} stands still");
        silo.Process.Pause();
        Returns(silo.Host, 30, silo.Process.Resume);
    }

    private void TakeStoreAway()
    {
        cluster.SetDatabase(isAway: true);
        Later(1, 30, () => cluster.SetDatabase(isAway: false));
    }

    /// <summary>Shorter than the time between a lease's end and the node's loss: while nothing can stop a container, nothing can fence it.</summary>
    private void TakeRuntimeAway(SimulatedHost host)
    {
        World.Trace.Add($"the container runtime of {host.Name} is away");
        host.LoseRuntime();
        Later(0, 2, host.RegainRuntime);
    }

    private void KillContainer(SimulatedHost host)
    {
        var running = host.Runtime.Running();
        if (running.Length == 0)
            return;
        var info = World.Random.Pick(running);
        World.Trace.Add($"container {info.Labels.Container} of {info.Labels.TaskId} is killed");
        host.Runtime.Simulated.Kill(info.Id);
    }

    /// <summary>Some time later, or just when it is being given up.</summary>
    /// <param name="most">Seconds.</param>
    private void Returns(SimulatedHost host, int most, Action end)
    {
        if (!AtHandOver())
        {
            Later(1, most, end);
            return;
        }

        var isAway = true;
        Later(most, most, Return);
        cluster.Edges.AtWrite((_, unit) =>
        {
            if (!isAway || LostIn(unit) != host.Name)
                return false;
            WhileOn(World.Random.Between(TimeSpan.Zero, _longestToReturn), Return);
            return true;
        });

        void Return()
        {
            if (!isAway)
                return;
            isAway = false;
            end();
        }
    }

    private void Later(int least, int most, Action end) => WhileOn(World.Random.Between(TimeSpan.FromSeconds(least), TimeSpan.FromSeconds(most)), end);

    private void WhileOn(TimeSpan delay, Action action)
    {
        var start = _on;
        World.After(delay, () =>
        {
            if (_on == start)
                action();
        });
    }
}
