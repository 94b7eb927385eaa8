using System.Globalization;
using OrleansCluster.Benchmarks.Figures;
using OrleansCluster.Placement.Gpus;

namespace OrleansCluster.Benchmarks.Gpu;

/// <summary>
/// The paper's experiment: tasks arrive one after another and never leave, one that fits nowhere is dropped, until 130 % of the GPU capacity has been
/// asked for. One run gives both figures, since nothing that comes later changes the first.
/// </summary>
internal static class GpuBenchmark
{
    private const int TypicalPercent = 95;

    public static GpuResult Run(GpuSettings settings, GpuTrace trace, TextWriter output)
    {
        var empty = new GpuArrays([.. trace.Nodes.OrderBy(node => node.Name, StringComparer.Ordinal)]);
        var arrivals = new GpuArrivals(trace.Tasks, empty.Models, empty.GpuCapacity);
        var workload = GpuWorkload.Typical(arrivals.Demands, TypicalPercent);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"gpu: {trace.Nodes.Count:N0} nodes with {empty.GpuCapacity / GpuDemand.WholeDevice:N0} GPUs, {trace.Tasks.Count:N0} tasks that ask for {arrivals.AskedPercent:F1} % of them, {settings.Seeds} seeds; fgd measures by the most frequent {TypicalPercent} % of tasks"));
        output.WriteLine(Machine.Description);
        return new GpuResult([.. settings.Strategies.Select(strategy => Run(strategy, settings.Seeds, empty, arrivals, workload, output))]);
    }

    private static GpuRow Run(GpuStrategy strategy, int seeds, GpuArrays empty, GpuArrivals arrivals, GpuWorkload workload, TextWriter output)
    {
        var began = TimeProvider.System.GetTimestamp();
        var shares = Enumerable.Range(1, seeds).Select(seed => Run(strategy, seed, empty.Copy(), arrivals, workload)).ToList();
        var row = new GpuRow(
            strategy.ToString().ToLowerInvariant(),
            seeds,
            Math.Round(shares.Average(share => share.At100), 2),
            Math.Round(shares.Average(share => share.At130), 2),
            Math.Round(Deviation([.. shares.Select(share => share.At130)]), 2));
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{row.Strategy,-8}{row.AllocatedPercentAt100:F2} % at 100 %, {row.AllocatedPercentAt130:F2} ± {row.StandardDeviation:F2} % at 130 % (published for openb default: {GpuPublished.At(strategy)}), {TimeProvider.System.GetElapsedTime(began).TotalSeconds:F1} s"));
        return row;
    }

    private static (double At100, double At130) Run(GpuStrategy strategy, int seed, GpuArrays arrays, GpuArrivals arrivals, GpuWorkload workload)
    {
        var placer = new GpuPlacer(arrays, strategy, workload);
        var capacity = arrays.GpuCapacity;
        var (asked, allocated, number) = (0L, 0L, 0UL);
        double? at100 = null;
        foreach (var demand in arrivals.InOrderOf(seed))
        {
            asked += demand.TotalThousandths;
            if (placer.Decide(demand, ((ulong)seed << 32) + number++).IsPlaced)
                allocated += demand.TotalThousandths;
            if (at100 is null && asked >= capacity)
                at100 = 100.0 * allocated / capacity;
        }

        return (at100!.Value, 100.0 * allocated / capacity);
    }

    private static double Deviation(double[] values)
    {
        var mean = values.Average();
        return values.Length == 1 ? 0 : Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1));
    }
}
