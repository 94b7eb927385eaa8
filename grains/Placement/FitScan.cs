using System.Numerics;
using System.Runtime.CompilerServices;

namespace OrleansCluster.Placement;

/// <summary>Where a request's resources fit, some nodes at a time; status and ports are not looked at.</summary>
internal readonly ref struct FitScan
{
    private readonly ReadOnlySpan<int> _cpu;
    private readonly ReadOnlySpan<int> _memory;
    private readonly ReadOnlySpan<int> _disk;
    private readonly Resources _wanted;
    private readonly Vector<int> _wantedCpu;
    private readonly Vector<int> _wantedMemory;
    private readonly Vector<int> _wantedDisk;

    public FitScan(ClusterArrays arrays, Resources wanted)
    {
        _cpu = arrays.FreeCpu;
        _memory = arrays.FreeMemory;
        _disk = arrays.FreeDisk;
        _wanted = wanted;
        _wantedCpu = new Vector<int>(wanted.Cpu);
        _wantedMemory = new Vector<int>(wanted.Memory);
        _wantedDisk = new Vector<int>(wanted.Disk);
    }

    /// <summary>All bits set for each of the nodes from that one on that it fits on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector<int> Some(int node) =>
        Vector.GreaterThanOrEqual(new Vector<int>(_cpu[node..]), _wantedCpu)
        & Vector.GreaterThanOrEqual(new Vector<int>(_memory[node..]), _wantedMemory)
        & Vector.GreaterThanOrEqual(new Vector<int>(_disk[node..]), _wantedDisk);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool One(int node) => _cpu[node] >= _wanted.Cpu && _memory[node] >= _wanted.Memory && _disk[node] >= _wanted.Disk;
}
