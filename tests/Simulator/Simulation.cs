using System.Collections.Immutable;
using OrleansCluster.Embedded.Deterministic;
using OrleansCluster.Simulator.Workloads;
using OrleansCluster.Testing;

namespace OrleansCluster.Simulator;

/// <summary>
/// One seed: a cluster, a workload and faults drawn from it. First everything may go wrong and nothing may be violated; then the faults end, and within a
/// bound of virtual time all work must have ended and nothing be left over.
/// </summary>
internal static class Simulation
{
    private static readonly TimeSpan _shortest = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(180);

    /// <summary>Longer than the work of any seed takes where a team's maximum lets one task run at a time; whatever never ends is found all the same.</summary>
    private static readonly TimeSpan _untilHealed = TimeSpan.FromMinutes(40);
    private static readonly TimeSpan _step = TimeSpan.FromSeconds(1);

    /// <exception cref="SimulationException">Something was violated, or left over.</exception>
    public static SimulationResult Run(ulong seed, Action<string>? trace = null)
    {
        var draw = new SeededRandom(seed);
        var options = new SimulationOptions { Faults = FaultFocus.Of(seed, FaultRates.Draw(draw)), Trace = trace, Schedulers = WorkloadFocus.Of(seed).Schedulers };
        var cluster = SimulatedCluster.Create(seed, options);
        try
        {
            return Run(seed, cluster, draw);
        }
        finally
        {
            cluster.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }

    private static SimulationResult Run(ulong seed, SimulatedCluster cluster, SeededRandom draw)
    {
        var focus = WorkloadFocus.Of(seed);
        var drawExtras = RandomExtras.Chance(seed, 0);
        for (var i = draw.Between(2, 6); i > 0; i--)
        {
            var resources = new Resources(500 * draw.Between(4, 8), 512 * draw.Between(3, 16), 10_000);
            cluster.Add($"n{i}", resources, Zone(i), focus.Shares ? RandomExtras.Offer(drawExtras, i) : new ExtraCapacity()).TurnOn();
        }

        cluster.StartFaults();
        var workload = new Workload(cluster, draw);
        workload.Start();
        cluster.Advance(draw.Between(_shortest, _longest));
        workload.Finish();
        cluster.Heal();
        WaitForEnd(cluster, workload);
        if (cluster.Options.Faults.DoubleStays > 0 && Committers.Double(cluster))
            WaitForEnd(cluster, workload);
        return new SimulationResult
        {
            Seed = seed,
            Time = cluster.Time,
            Hash = cluster.TraceHash,
            Events = cluster.EventCount,
            Jobs = workload.Jobs,
            Tasks = workload.Tasks,
            Faults = cluster.Faults,
        };
    }

    /// <summary>Two zones, each with a node at least.</summary>
    private static ImmutableSortedDictionary<string, string> Zone(int node) => ImmutableSortedDictionary<string, string>.Empty.Add("zone", node % 2 == 0 ? "a" : "b");

    private static void WaitForEnd(SimulatedCluster cluster, Workload workload)
    {
        var end = cluster.Time + _untilHealed;
        while (true)
        {
            cluster.Invariants!.CheckSettling();
            string[] left = [.. workload.Unfinished(), .. cluster.Invariants.LeftOver(), .. Containers(cluster)];
            if (left.Length == 0)
                left = [.. ShownNodes.Differences(cluster)];
            if (left.Length == 0)
                return;
            if (cluster.Time >= end)
                cluster.World.Violate($"{_untilHealed} after all faults ended, this was left over: {string.Join("; ", left.Take(10))}");
            cluster.Advance(_step);
        }
    }

    /// <summary>Those that have ended too: nobody removes them later.</summary>
    private static IEnumerable<string> Containers(SimulatedCluster cluster) =>
        from host in cluster.Hosts
        from info in host.Runtime.Simulated.All()
        select $"container {info.Labels.Container} of {info.Labels.TaskId}, attempt {info.Labels.Attempt} on {host.Name}, {info.Status}";
}
