using System.Numerics;

namespace OrleansCluster.Placement.Gpus;

/// <summary>The devices of a node that a task takes from, a bit each; the node fits.</summary>
internal static class DeviceChoice
{
    private const ulong All = ulong.MaxValue;

    /// <summary>Whole devices: the first ones, since all are alike. A share: the device with the least that is enough, the first of equals.</summary>
    public static ulong BestFit(ReadOnlySpan<int> devices, in GpuDemand demand) => BestFit(devices, All, demand);

    /// <summary>The same among some of the devices.</summary>
    /// <param name="allowed">A bit for each of them.</param>
    public static ulong BestFit(ReadOnlySpan<int> devices, ulong allowed, in GpuDemand demand)
    {
        if (!demand.IsShared)
            return FirstWhole(devices, allowed, demand.Devices);

        var best = -1;
        for (var device = 0; device < devices.Length; device++)
        {
            if (devices[device] >= demand.Thousandths && (allowed & (1UL << device)) != 0 && (best < 0 || devices[device] < devices[best]))
                best = device;
        }

        return 1UL << best;
    }

    /// <summary>Whole devices as above. A share: any device with enough, each as likely as the others.</summary>
    public static ulong Random(ReadOnlySpan<int> devices, in GpuDemand demand, ulong chance)
    {
        if (!demand.IsShared)
            return FirstWhole(devices, All, demand.Devices);

        var fitting = 0UL;
        for (var device = 0; device < devices.Length; device++)
            fitting |= devices[device] >= demand.Thousandths ? 1UL << device : 0;
        for (var skip = chance % (ulong)BitOperations.PopCount(fitting); skip > 0; skip--)
            fitting &= fitting - 1;
        return fitting & (~fitting + 1);
    }

    private static ulong FirstWhole(ReadOnlySpan<int> devices, ulong allowed, int wanted)
    {
        var chosen = 0UL;
        for (var device = 0; wanted > 0; device++)
        {
            if (devices[device] != GpuDemand.WholeDevice || (allowed & (1UL << device)) == 0)
                continue;
            chosen |= 1UL << device;
            wanted--;
        }

        return chosen;
    }
}
