using System.Collections.Immutable;
using OrleansCluster.Embedded.Deterministic;

namespace OrleansCluster.Simulator.Workloads;

/// <summary>GPUs and named amounts, few enough that tasks get in each other's way. All that is asked for fits on either of the first two nodes when they are empty.</summary>
internal static class RandomExtras
{
    /// <summary>Chance of its own, so that the other draws are what they were.</summary>
    private const ulong Stream = 0x67707573;
    private const string Licence = "licence";
    private const string Tape = "tape";
    private static readonly GpuDevice _first = new("0", "a");
    private static readonly GpuDevice _second = new("1", "b");
    private static readonly ImmutableArray<PlacementStep> _fgd = [new PlacementStep { Type = PlacementStepType.Fgd }];

    /// <param name="number">Of who draws, so that each has a stream of its own.</param>
    public static SeededRandom Chance(ulong seed, int number) => new(seed ^ (Stream + (ulong)number));

    public static ExtraCapacity Offer(SeededRandom random, int node) => node <= 2
        ? new ExtraCapacity { Gpus = [_first, _second], Amounts = Amounts(2, 1) }
        : random.Below(4) switch
        {
            0 => new ExtraCapacity(),
            1 => new ExtraCapacity { Amounts = Amounts(1, 0) },
            2 => new ExtraCapacity { Gpus = [_second] },
            _ => new ExtraCapacity { Gpus = [_second, _first, new GpuDevice("GPU-x", "")], Amounts = Amounts(3, 2) },
        };

    public static JobSpec Draw(SeededRandom random, JobSpec job) => job with { Tasks = [.. job.Tasks.Select(task => Draw(random, task))] };

    public static ClaimRequest Draw(SeededRandom random, ClaimRequest claim) =>
        random.Chance(0.7) ? claim with { Extras = new ExtraDemand { Gpu = DrawGpu(random), Amounts = DrawAmounts(random) } } : claim;

    private static JobTaskSpec Draw(SeededRandom random, JobTaskSpec task)
    {
        var asks = random.Below(task.Containers.Length);
        task = task with
        {
            Containers = [.. task.Containers.Select((container, i) => i == asks ? container with { Gpu = DrawGpu(random), Amounts = DrawAmounts(random) } : container)],
        };
        return random.Chance(0.3) ? task with { PlacementStrategy = [.. task.PlacementStrategy, .. _fgd] } : task;
    }

    private static GpuSpec? DrawGpu(SeededRandom random) => random.Below(6) switch
    {
        0 => new GpuSpec { Count = 1 },
        1 => new GpuSpec { Count = 2 },
        2 => new GpuSpec { Count = 1, Models = ["b"] },
        3 => new GpuSpec { Thousandths = 100 * random.Between(1, 9) },
        4 => new GpuSpec { Thousandths = 100 * random.Between(1, 9), Models = ["a", "c"] },
        _ => null,
    };

    private static ImmutableSortedDictionary<string, int> DrawAmounts(SeededRandom random) => random.Below(4) switch
    {
        0 => Amounts(random.Between(1, 2), 0),
        1 => Amounts(1, 1),
        _ => Amounts(0, 0),
    };

    private static ImmutableSortedDictionary<string, int> Amounts(int licences, int tapes)
    {
        var amounts = ImmutableSortedDictionary<string, int>.Empty;
        if (licences > 0)
            amounts = amounts.Add(Licence, licences);
        return tapes > 0 ? amounts.Add(Tape, tapes) : amounts;
    }
}
