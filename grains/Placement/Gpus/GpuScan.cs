using System.Numerics;

namespace OrleansCluster.Placement.Gpus;

/// <summary><see cref="GpuFeasibility"/> for all nodes at once.</summary>
internal static class GpuScan
{
    /// <summary>Writes the nodes that fit into <paramref name="found"/>, in the order of their indexes; returns how many.</summary>
    /// <param name="found">As long as there are nodes.</param>
    public static int FindAll(GpuArrays arrays, in GpuDemand demand, Span<int> found)
    {
        var cpu = arrays.FreeCpu;
        var memory = arrays.FreeMemory;
        var models = arrays.ModelBits;
        var rest = demand.IsShared ? arrays.LargestRest : arrays.WholeDevices;
        var wantedRest = new Vector<int>(demand.IsShared ? demand.Thousandths : demand.Devices);
        var (wantedCpu, wantedMemory) = (new Vector<int>(demand.Cpu), new Vector<int>(demand.Memory));
        var allowed = new Vector<int>(demand.Models);
        var isAny = new Vector<int>(demand.Models == GpuModels.Any || !demand.WantsGpu ? -1 : 0);
        var lanes = Vector<int>.Count;
        var (count, i) = (0, 0);
        for (; i <= cpu.Length - lanes; i += lanes)
        {
            var fits = Vector.GreaterThanOrEqual(new Vector<int>(cpu[i..]), wantedCpu)
                & Vector.GreaterThanOrEqual(new Vector<int>(memory[i..]), wantedMemory)
                & Vector.GreaterThanOrEqual(new Vector<int>(rest[i..]), wantedRest)
                & (isAny | ~Vector.Equals(new Vector<int>(models[i..]) & allowed, Vector<int>.Zero));
            if (fits == Vector<int>.Zero)
                continue;
            for (var lane = 0; lane < lanes; lane++)
            {
                if (fits[lane] != 0)
                    found[count++] = i + lane;
            }
        }

        for (; i < cpu.Length; i++)
        {
            if (GpuFeasibility.Check(arrays, i, demand) is null)
                found[count++] = i;
        }

        return count;
    }
}
