namespace OrleansCluster.Placement.Gpus;

/// <summary>How good a node is for a task.</summary>
internal static class GpuScore
{
    public const int Best = 100;

    /// <summary>
    /// What a node has free of CPU and GPU, each as a share of the largest node's, added up in whole numbers; less is better. It orders the nodes as
    /// what is left after placing would, since a task takes the same everywhere. Memory is not in it, as in the FGD paper's best fit.
    /// </summary>
    public static long OfRest(GpuArrays arrays, int node) =>
        ((long)arrays.FreeCpu[node] * Math.Max(1, arrays.LargestGpu)) + ((long)arrays.FreeGpu[node] * Math.Max(1, arrays.LargestCpu));

    /// <summary>
    /// From 0 to 100, 50 where fragmentation does not change; more is better. A logistic function of the devices' worth of fragments used up, cut to
    /// whole numbers as the paper's simulator does. That it is coarse is part of the strategy: exact scores choose nodes for differences of a few
    /// thousandths instead of filling one, and end about a point lower on the paper's trace.
    /// </summary>
    public static int OfIncrease(GpuWorkload workload, long increase)
    {
        var devices = (double)increase / Math.Max(1, workload.Tasks) / GpuDemand.WholeDevice;
        return (int)(Best / (1 + Math.Exp(devices)));
    }
}
