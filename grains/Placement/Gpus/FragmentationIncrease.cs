using System.Numerics;

namespace OrleansCluster.Placement.Gpus;

/// <summary>What a task would do to a node's <see cref="Fragmentation"/>, on the devices where it would do the least.</summary>
/// <param name="Amount">In thousandths of a device times tasks; below 0 where fragments are used up, which is what the strategy looks for.</param>
/// <param name="Devices">As <see cref="GpuDecision"/> has them.</param>
internal readonly record struct FragmentationIncrease(long Amount, ulong Devices)
{
    /// <param name="node">One on which the task fits.</param>
    public static FragmentationIncrease Of(GpuWorkload workload, GpuArrays arrays, int node, in GpuDemand demand)
    {
        var devices = arrays.DevicesOf(node);
        var rest = new GpuRest(arrays.FreeCpu[node], arrays.FreeMemory[node], arrays.ModelBits[node]);
        if (!demand.IsShared)
        {
            var chosen = DeviceChoice.BestFit(devices, demand);
            return new(After(workload, rest, devices, demand, chosen), chosen);
        }

        var before = Fragmentation.Of(workload, rest, devices);
        var best = new FragmentationIncrease(long.MaxValue, 0);
        for (var device = 0; device < devices.Length; device++)
        {
            // A device with as much left as an earlier one gives the same.
            if (devices[device] < demand.Thousandths || devices[..device].Contains(devices[device]))
                continue;
            var amount = Left(workload, rest, devices, demand, 1UL << device) - before;
            if (amount < best.Amount)
                best = new(amount, 1UL << device);
        }

        return best;
    }

    /// <summary>The increase on devices that somebody else has chosen.</summary>
    /// <param name="devices">Thousandths free of each.</param>
    public static long After(GpuWorkload workload, in GpuRest rest, ReadOnlySpan<int> devices, in GpuDemand demand, ulong chosen) =>
        Left(workload, rest, devices, demand, chosen) - Fragmentation.Of(workload, rest, devices);

    private static long Left(GpuWorkload workload, in GpuRest rest, ReadOnlySpan<int> devices, in GpuDemand demand, ulong chosen)
    {
        Span<int> left = stackalloc int[GpuNode.MostDevices];
        left = left[..devices.Length];
        devices.CopyTo(left);
        for (; chosen != 0; chosen &= chosen - 1)
            left[BitOperations.TrailingZeroCount(chosen)] -= demand.Thousandths;
        return Fragmentation.Of(workload, rest with { Cpu = rest.Cpu - demand.Cpu, Memory = rest.Memory - demand.Memory }, left);
    }
}
