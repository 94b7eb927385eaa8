using System.Numerics;

namespace OrleansCluster.Placement.Gpus;

/// <summary>
/// What the nodes have free, laid out for scanning: one array a property, one index a node, and all devices in one array with an offset for each
/// node. What a scan asks of a node's devices (the largest rest, how many are whole, the sum) is kept beside them, so that it reads no device.
/// Not thread-safe.
/// </summary>
public sealed class GpuArrays
{
    private readonly int[] _freeCpu;
    private readonly int[] _freeMemory;
    private readonly int[] _models;
    private readonly int[] _offsets;
    private readonly int[] _devices;
    private readonly int[] _freeGpu;
    private readonly int[] _largest;
    private readonly int[] _whole;
    private readonly int[] _revisions;

    /// <exception cref="ArgumentException">A node has a negative capacity or too many devices, or there are too many models.</exception>
    public GpuArrays(IReadOnlyList<GpuNode> nodes)
    {
        if (nodes.FirstOrDefault(node => node is { Cpu: < 0 } or { Memory: < 0 } or { Devices: < 0 or > GpuNode.MostDevices }) is { } bad)
            throw new ArgumentException($"{bad}: no capacity may be negative, and a node may have at most {GpuNode.MostDevices} devices.", nameof(nodes));

        Models = new GpuModels(nodes.Select(node => node.Model));
        _freeCpu = [.. nodes.Select(node => node.Cpu)];
        _freeMemory = [.. nodes.Select(node => node.Memory)];
        _models = [.. nodes.Select(node => node.Devices > 0 ? Models.BitOf(node.Model) : 0)];
        _offsets = new int[nodes.Count + 1];
        for (var node = 0; node < nodes.Count; node++)
            _offsets[node + 1] = _offsets[node] + nodes[node].Devices;
        _devices = new int[_offsets[^1]];
        Array.Fill(_devices, GpuDemand.WholeDevice);
        (_freeGpu, _largest, _whole, _revisions) = (new int[nodes.Count], new int[nodes.Count], new int[nodes.Count], new int[nodes.Count]);
        for (var node = 0; node < nodes.Count; node++)
            Sum(node);
        LargestCpu = _freeCpu.DefaultIfEmpty().Max();
        LargestGpu = _freeGpu.DefaultIfEmpty().Max();
    }

    private GpuArrays(GpuArrays other)
    {
        (Models, _models, _offsets, LargestCpu, LargestGpu) = (other.Models, other._models, other._offsets, other.LargestCpu, other.LargestGpu);
        (_freeCpu, _freeMemory, _devices) = ([.. other._freeCpu], [.. other._freeMemory], [.. other._devices]);
        (_freeGpu, _largest, _whole, _revisions) = ([.. other._freeGpu], [.. other._largest], [.. other._whole], [.. other._revisions]);
    }

    public int Count => _freeCpu.Length;

    public GpuModels Models { get; }

    /// <summary>The largest CPU capacity of any node, in millicores: a scale of scores.</summary>
    public int LargestCpu { get; }

    /// <summary>The largest GPU capacity of any node, in thousandths: a scale of scores.</summary>
    public int LargestGpu { get; }

    /// <summary>Thousandths of all devices of all nodes.</summary>
    public long GpuCapacity => (long)_devices.Length * GpuDemand.WholeDevice;

    /// <summary>Millicores.</summary>
    public ReadOnlySpan<int> FreeCpu => _freeCpu;

    /// <summary>MiB.</summary>
    public ReadOnlySpan<int> FreeMemory => _freeMemory;

    /// <summary>Thousandths, over all devices of a node.</summary>
    public ReadOnlySpan<int> FreeGpu => _freeGpu;

    /// <summary>The model of each node as a bit; 0 without GPU, and for a GPU of no known model, which only a demand for any model gets.</summary>
    internal ReadOnlySpan<int> ModelBits => _models;

    /// <summary>Thousandths that the node's least used device has.</summary>
    internal ReadOnlySpan<int> LargestRest => _largest;

    /// <summary>Devices that nothing has been taken of.</summary>
    internal ReadOnlySpan<int> WholeDevices => _whole;

    /// <summary>Changes with the node, so that what has been worked out about it need not be worked out again.</summary>
    internal ReadOnlySpan<int> Revisions => _revisions;

    /// <summary>A copy to take from, which leaves this one as it is.</summary>
    public GpuArrays Copy() => new(this);

    /// <summary>Thousandths free of each device.</summary>
    public ReadOnlySpan<int> DevicesOf(int node) => _devices.AsSpan(_offsets[node], _offsets[node + 1] - _offsets[node]);

    /// <summary>Takes from a node that <see cref="GpuFeasibility"/> has found fit.</summary>
    /// <param name="devices">A bit for each device to take from, as <see cref="GpuDecision"/> has them.</param>
    public void Take(int node, in GpuDemand demand, ulong devices)
    {
        _freeCpu[node] -= demand.Cpu;
        _freeMemory[node] -= demand.Memory;
        for (; devices != 0; devices &= devices - 1)
            _devices[_offsets[node] + BitOperations.TrailingZeroCount(devices)] -= demand.Thousandths;
        _revisions[node]++;
        Sum(node);
    }

    private void Sum(int node)
    {
        var (sum, largest, whole) = (0, 0, 0);
        foreach (var free in DevicesOf(node))
        {
            sum += free;
            largest = Math.Max(largest, free);
            whole += free == GpuDemand.WholeDevice ? 1 : 0;
        }

        (_freeGpu[node], _largest[node], _whole[node]) = (sum, largest, whole);
    }
}
