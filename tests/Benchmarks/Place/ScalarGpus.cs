using OrleansCluster.Placement;

namespace OrleansCluster.Benchmarks.Place;

/// <summary>The GPUs of <see cref="ScalarLoop"/>'s nodes: what is free of each device, and what a plain loop would keep beside that.</summary>
internal sealed class ScalarGpus
{
    private const int WholeDevice = 1000;
    private readonly int[][] _devices;
    private readonly string[] _models;
    private readonly int[] _free;
    private readonly int[] _largest;
    private readonly int[] _whole;

    public ScalarGpus(ClusterArrays cluster)
    {
        var rooms = Enumerable.Range(0, cluster.Count).Select(cluster.RoomOf).ToArray();
        _devices = [.. rooms.Select(room => room?.Free.ToArray() ?? [])];
        _models = [.. rooms.Select(room => room?.Capacity.Gpus[0].Model ?? "")];
        (_free, _largest, _whole) = (new int[rooms.Length], new int[rooms.Length], new int[rooms.Length]);
        for (var node = 0; node < rooms.Length; node++)
            Sum(node);
        MostGpu = rooms.Max(room => room?.TotalGpu ?? 0);
    }

    private ScalarGpus(ScalarGpus other)
    {
        (_devices, _models, MostGpu) = ([.. other._devices], other._models, other.MostGpu);
        (_free, _largest, _whole) = ([.. other._free], [.. other._largest], [.. other._whole]);
    }

    public int MostGpu { get; }

    public ScalarGpus Copy() => new(this);

    public int FreeOf(int node) => _free[node];

    public bool Fits(int node, GpuSpec gpu) =>
        (gpu.Thousandths is { } share ? _largest[node] >= share : _whole[node] >= gpu.Count) && (gpu.Models.IsEmpty || gpu.Models.Contains(_models[node]));

    public void Take(int node, GpuSpec gpu)
    {
        int[] devices = [.. _devices[node]];
        _devices[node] = devices;
        if (gpu.Thousandths is { } share)
        {
            var best = -1;
            for (var device = 0; device < devices.Length; device++)
            {
                if (devices[device] >= share && (best < 0 || devices[device] < devices[best]))
                    best = device;
            }

            devices[best] -= share;
        }
        else
        {
            for (var (device, left) = (0, gpu.Count); left > 0; device++)
            {
                if (devices[device] == WholeDevice)
                    (devices[device], left) = (0, left - 1);
            }
        }

        Sum(node);
    }

    private void Sum(int node)
    {
        (_free[node], _largest[node], _whole[node]) = (0, 0, 0);
        foreach (var device in _devices[node])
        {
            _free[node] += device;
            _largest[node] = Math.Max(_largest[node], device);
            _whole[node] += device == WholeDevice ? 1 : 0;
        }
    }
}
