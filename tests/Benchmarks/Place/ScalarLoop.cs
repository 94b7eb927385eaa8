using OrleansCluster.Placement;

namespace OrleansCluster.Benchmarks.Place;

/// <summary>The floor: the same exact decision in the loop that one would write first, over arrays of the same numbers.</summary>
internal sealed class ScalarLoop
{
    private readonly int[] _cpu;
    private readonly int[] _memory;
    private readonly int[] _disk;
    private readonly int[] _scores;
    private readonly Resources _largest;

    /// <summary>What is asked of the nodes does not change, so this loop is spared the asking.</summary>
    private readonly bool[]? _allowed;
    private readonly int[] _zones;
    private readonly int[]? _tasks;
    private readonly ScalarGpus? _gpus;

    public ScalarLoop(ClusterArrays cluster, PlaceSettings settings)
    {
        var all = Enumerable.Range(0, cluster.Count).ToArray();
        _cpu = [.. all.Select(n => cluster.FreeOf(n).Cpu)];
        _memory = [.. all.Select(n => cluster.FreeOf(n).Memory)];
        _disk = [.. all.Select(n => cluster.FreeOf(n).Disk)];
        _largest = new Resources(all.Max(n => cluster.CapacityOf(n).Cpu), all.Max(n => cluster.CapacityOf(n).Memory), all.Max(n => cluster.CapacityOf(n).Disk));
        _gpus = settings.HasGpus ? new ScalarGpus(cluster) : null;
        _scores = new int[all.Length];
        foreach (var node in all)
            Score(node);
        _allowed = settings.HasConstraints ? [.. all.Select(PlaceWorld.HasSsd)] : null;
        _zones = [.. all.Select(node => node % PlaceWorld.Zones)];
        if (settings.IsSpread)
            _tasks = [.. Enumerable.Range(0, PlaceWorld.Zones).Select(zone => all.Where(node => _zones[node] == zone).Sum(node => node % 3 == 0 ? node % 5 : 0))];
    }

    private ScalarLoop(ScalarLoop other)
    {
        (_cpu, _memory, _disk, _scores, _largest) = ([.. other._cpu], [.. other._memory], [.. other._disk], [.. other._scores], other._largest);
        (_allowed, _zones, _tasks) = (other._allowed, other._zones, other._tasks is null ? null : [.. other._tasks]);
        _gpus = other._gpus?.Copy();
    }

    public ScalarLoop Copy() => new(this);

    /// <summary>-1 where nothing fits.</summary>
    public int Place(PlacementRequest request)
    {
        var wanted = request.Resources;
        var best = request.Extras?.Gpu is { } gpu ? BestWithGpu(wanted, gpu) : _allowed is null && _tasks is null ? Best(wanted) : BestRuled(wanted);
        if (best >= 0)
        {
            if (_tasks is not null)
                _tasks[_zones[best]]++;
            _cpu[best] -= wanted.Cpu;
            _memory[best] -= wanted.Memory;
            _disk[best] -= wanted.Disk;
            if (request.Extras?.Gpu is { } taken)
                _gpus!.Take(best, taken);
            Score(best);
        }

        return best;
    }

    private int Best(Resources wanted)
    {
        var (best, bestScore) = (-1, int.MaxValue);
        for (var node = 0; node < _cpu.Length; node++)
        {
            if (_cpu[node] >= wanted.Cpu && _memory[node] >= wanted.Memory && _disk[node] >= wanted.Disk && _scores[node] < bestScore)
                (best, bestScore) = (node, _scores[node]);
        }

        return best;
    }

    private int BestWithGpu(Resources wanted, GpuSpec gpu)
    {
        var (best, bestScore) = (-1, int.MaxValue);
        for (var node = 0; node < _cpu.Length; node++)
        {
            if (_cpu[node] >= wanted.Cpu && _memory[node] >= wanted.Memory && _disk[node] >= wanted.Disk && _scores[node] < bestScore && _gpus!.Fits(node, gpu))
                (best, bestScore) = (node, _scores[node]);
        }

        return best;
    }

    private int BestRuled(Resources wanted)
    {
        var (best, bestTasks, bestScore) = (-1, int.MaxValue, int.MaxValue);
        for (var node = 0; node < _cpu.Length; node++)
        {
            if (_allowed?[node] == false || _cpu[node] < wanted.Cpu || _memory[node] < wanted.Memory || _disk[node] < wanted.Disk)
                continue;
            var tasks = _tasks is null ? 0 : _tasks[_zones[node]];
            if (tasks < bestTasks || (tasks == bestTasks && _scores[node] < bestScore))
                (best, bestTasks, bestScore) = (node, tasks, _scores[node]);
        }

        return best;
    }

    private void Score(int node) =>
        _scores[node] = Share(_cpu[node], _largest.Cpu) + Share(_memory[node], _largest.Memory) + Share(_disk[node], _largest.Disk)
            + (_gpus is null ? 0 : Share(_gpus.FreeOf(node), _gpus.MostGpu));

    private static int Share(int free, int largest) => (int)((long)free * (1 << 24) / largest);
}
