using OrleansCluster.Placement.Gpus;

namespace OrleansCluster.Tests.Unit.Placement.Gpus;

/// <summary>Small clusters with GPUs in use, in few words.</summary>
internal static class GpuCluster
{
    public const string Model = "T4";

    public static GpuNode Node(string name, int cpu, int memory, int devices, string model = Model) => new(name, cpu, memory, devices, model);

    public static GpuArrays Of(params GpuNode[] nodes) => new(nodes);

    /// <summary>One node that has that much left of each device.</summary>
    public static GpuArrays WithFree(int cpu, int memory, params int[] devices)
    {
        var arrays = Of(Node("n0", cpu, memory, devices.Length));
        for (var device = 0; device < devices.Length; device++)
            Use(arrays, 0, device, GpuDemand.WholeDevice - devices[device]);
        return arrays;
    }

    public static void Use(GpuArrays arrays, int node, int device, int thousandths)
    {
        if (thousandths == GpuDemand.WholeDevice)
            arrays.Take(node, GpuDemand.Whole(0, 0, 1), 1UL << device);
        else if (thousandths > 0)
            arrays.Take(node, GpuDemand.Shared(0, 0, thousandths), 1UL << device);
    }
}
