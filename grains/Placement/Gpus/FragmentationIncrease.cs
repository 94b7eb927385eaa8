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
        var before = Fragmentation.Of(workload, arrays.FreeCpu[node], arrays.FreeMemory[node], arrays.ModelBits[node], devices);
        if (!demand.IsShared)
        {
            var chosen = DeviceChoice.BestFit(devices, demand);
            return new(After(workload, arrays, node, demand, chosen) - before, chosen);
        }

        var best = new FragmentationIncrease(long.MaxValue, 0);
        for (var device = 0; device < devices.Length; device++)
        {
            // A device with as much left as an earlier one gives the same.
            if (devices[device] < demand.Thousandths || devices[..device].Contains(devices[device]))
                continue;
            var amount = After(workload, arrays, node, demand, 1UL << device) - before;
            if (amount < best.Amount)
                best = new(amount, 1UL << device);
        }

        return best;
    }

    private static long After(GpuWorkload workload, GpuArrays arrays, int node, in GpuDemand demand, ulong chosen)
    {
        var devices = arrays.DevicesOf(node);
        Span<int> left = stackalloc int[GpuNode.MostDevices];
        left = left[..devices.Length];
        devices.CopyTo(left);
        for (; chosen != 0; chosen &= chosen - 1)
            left[BitOperations.TrailingZeroCount(chosen)] -= demand.Thousandths;
        return Fragmentation.Of(workload, arrays.FreeCpu[node] - demand.Cpu, arrays.FreeMemory[node] - demand.Memory, arrays.ModelBits[node], left);
    }
}
