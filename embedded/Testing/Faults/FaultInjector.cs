using OrleansCluster.Testing.Hosts;
using OrleansCluster.Testing.Kernel;
using OrleansCluster.Testing.Silos;

namespace OrleansCluster.Testing.Faults;

/// <summary>Makes things go wrong at moments that the seed decides; what was taken away comes back later.</summary>
internal sealed class FaultInjector(SimulatedCluster cluster)
{
    /// <summary>Which start of it is on; 0 for none. What an earlier one had planned does not happen any more.</summary>
    private int _on;
    private int _starts;

    private World World => cluster.World;

    public void Start(FaultRates rates)
    {
        if (_on > 0)
            return;
        _on = ++_starts;
        Repeat(rates.SiloCrashed, FaultKind.SiloCrashed, () => OnSilo(silo => silo.Host.KillSilo()));
        Repeat(rates.HostCrashed, FaultKind.HostCrashed, () => OnHost(host => host.IsOn, TurnOff));
        Repeat(rates.HostCutOff, FaultKind.HostCutOff, () => OnHost(host => host.ReachesOthers, host => CutOff(host, store: false)));
        Repeat(rates.HostIsolated, FaultKind.HostIsolated, () => OnHost(host => host.ReachesOthers, host => CutOff(host, store: true)));
        Repeat(rates.GrainDoubled, null, cluster.Directory.Double);
        Repeat(rates.ProcessPaused, FaultKind.ProcessPaused, () => OnSilo(Pause));
        Repeat(rates.StoreAway, FaultKind.StoreAway, TakeStoreAway);
        Repeat(rates.RuntimeAway, FaultKind.RuntimeAway, () => OnHost(host => host.IsOn, TakeRuntimeAway));
        Repeat(rates.ContainerKilled, FaultKind.ContainerKilled, () => OnHost(host => host.IsOn, KillContainer));
    }

    public void Stop() => _on = 0;

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

    private void TurnOff(SimulatedHost host)
    {
        host.TurnOff();
        Later(1, 60, host.TurnOn);
    }

    private void CutOff(SimulatedHost host, bool store)
    {
        host.CutOff(store);
        Later(1, 60, () => host.JoinAgain(store));
    }

    private void Pause(SimulatedSilo silo)
    {
        World.Trace.Add($"{silo.Id} stands still");
        silo.Process.Pause();
        Later(1, 30, silo.Process.Resume);
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
