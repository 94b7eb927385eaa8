namespace OrleansCluster.Placement.Gpus;

/// <summary>
/// Whether a task fits on a node. A whole device is one that nothing has been taken of; a share is of one device, so that rests of several are of no
/// use to it.
/// </summary>
public static class GpuFeasibility
{
    /// <summary>The first obstacle, or <see langword="null"/> where it fits.</summary>
    public static GpuObstacle? Check(GpuArrays arrays, int node, in GpuDemand demand)
    {
        if (arrays.FreeCpu[node] < demand.Cpu)
            return GpuObstacle.Cpu;
        if (arrays.FreeMemory[node] < demand.Memory)
            return GpuObstacle.Memory;
        if (!demand.WantsGpu)
            return null;
        if (!AllowsModel(demand.Models, arrays.ModelBits[node]))
            return GpuObstacle.Model;
        var fits = demand.IsShared ? arrays.LargestRest[node] >= demand.Thousandths : arrays.WholeDevices[node] >= demand.Devices;
        return fits ? null : GpuObstacle.Device;
    }

    /// <param name="model">0 for a node without GPU or without a model known.</param>
    internal static bool AllowsModel(int allowed, int model) => allowed == GpuModels.Any || (allowed & model) != 0;
}
