using System.Collections.Immutable;
using OrleansCluster.Placement.Gpus;

namespace OrleansCluster.Benchmarks.Gpu;

/// <summary>The order in which tasks ask: sorted by name, shuffled by the seed, and then random ones of them again until enough has been asked for.</summary>
internal sealed class GpuArrivals
{
    /// <summary>Of the GPU capacity, in percent.</summary>
    private const int Asked = 130;

    private readonly ImmutableArray<GpuDemand> _byName;
    private readonly long _wanted;

    public GpuArrivals(IEnumerable<GpuTask> tasks, GpuModels models, long capacity)
    {
        _byName = [.. tasks.OrderBy(task => task.Name, StringComparer.Ordinal).Select(task => task.ToDemand(models))];
        _wanted = (capacity * Asked + 99) / 100;
        AskedPercent = 100.0 * _byName.Sum(demand => (long)demand.TotalThousandths) / capacity;
    }

    public ImmutableArray<GpuDemand> Demands => _byName;

    /// <summary>By all tasks once, of the GPU capacity.</summary>
    public double AskedPercent { get; }

    public IEnumerable<GpuDemand> InOrderOf(int seed)
    {
        var random = new Random(seed);
        var shuffled = _byName.ToArray();
        random.Shuffle(shuffled);
        var asked = 0L;
        for (var i = 0; asked < _wanted; i++)
        {
            var demand = i < shuffled.Length ? shuffled[i] : _byName[random.Next(_byName.Length)];
            asked += demand.TotalThousandths;
            yield return demand;
        }
    }
}
