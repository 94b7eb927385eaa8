using System.Collections.Immutable;

namespace OrleansCluster.Placement.Gpus;

/// <summary>
/// The tasks that a cluster is expected to get: the yardstick of <see cref="Fragmentation"/>. Classes carry numbers of tasks and not shares, so that
/// all sums are whole numbers and equal fragmentation is equal.
/// </summary>
public sealed class GpuWorkload
{
    /// <exception cref="ArgumentException">A class has no task.</exception>
    public GpuWorkload(IEnumerable<GpuClass> classes)
    {
        var all = classes.ToList();
        if (all.Any(c => c.Tasks < 1))
            throw new ArgumentException("Each class of a workload needs at least one task.", nameof(classes));

        // Neighbours want the same of a device, so that what depends on that alone is worked out once for them.
        WithGpu = [.. all.Where(c => c.Demand.WantsGpu).OrderBy(c => c.Demand.Thousandths).ThenBy(c => c.Demand.Devices)];
        TasksWithoutGpu = all.Where(c => !c.Demand.WantsGpu).Sum(c => (long)c.Tasks);
        Tasks = all.Sum(c => (long)c.Tasks);
    }

    public ImmutableArray<GpuClass> WithGpu { get; }

    public long TasksWithoutGpu { get; }

    public long Tasks { get; }

    /// <summary>
    /// The most frequent shapes of <paramref name="tasks"/>, as many as it takes to cover a share of them. Memory is left out, as in the paper: it is
    /// seldom what a GPU node runs out of, and would only split the classes.
    /// </summary>
    /// <param name="percent">Of the tasks, 1 to 100; the paper's experiments use 95.</param>
    public static GpuWorkload Typical(IEnumerable<GpuDemand> tasks, int percent)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(percent, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(percent, 100);
        var classes = tasks.CountBy(WithoutMemory).Select(count => new GpuClass(count.Key, count.Value)).ToList();
        classes.Sort(ByFrequency);
        var wanted = classes.Sum(c => (long)c.Tasks) * percent;
        var covered = 0L;
        return new GpuWorkload(classes.TakeWhile(c => (covered += c.Tasks) - c.Tasks < (wanted + 99) / 100));
    }

    private static GpuDemand WithoutMemory(GpuDemand demand) => demand switch
    {
        { WantsGpu: false } => GpuDemand.WithoutGpu(demand.Cpu, 0),
        { IsShared: true } => GpuDemand.Shared(demand.Cpu, 0, demand.Thousandths, demand.Models),
        _ => GpuDemand.Whole(demand.Cpu, 0, demand.Devices, demand.Models),
    };

    /// <summary>Most tasks first; then in an order that depends on nothing but the shapes.</summary>
    private static int ByFrequency(GpuClass a, GpuClass b) =>
        (b.Tasks, b.Demand.Cpu, b.Demand.Thousandths, b.Demand.Devices, b.Demand.Models)
            .CompareTo((a.Tasks, a.Demand.Cpu, a.Demand.Thousandths, a.Demand.Devices, a.Demand.Models));
}
