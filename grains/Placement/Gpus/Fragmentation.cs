namespace OrleansCluster.Placement.Gpus;

/// <summary>
/// How much of a node's free GPU the tasks of a workload cannot use: F_n(M), equations 1 to 3 of Weng et al., "Beware of Fragmentation: Scheduling
/// GPU-Sharing Workloads with Fragmentation Gradient Descent", USENIX ATC 2023. For a class that the node cannot run, or that wants no GPU, it is all
/// that is free; for another, the devices on which there is too little for it. The classes' amounts are weighted by their numbers of tasks.
/// </summary>
internal static class Fragmentation
{
    /// <param name="devices">Thousandths free of each device.</param>
    /// <returns>In thousandths of a device times tasks: divided by the workload's tasks it is the expected fragment of the node.</returns>
    public static long Of(GpuWorkload workload, in GpuRest rest, ReadOnlySpan<int> devices)
    {
        var free = 0;
        foreach (var device in devices)
            free += device;
        if (free == 0)
            return 0;

        var sum = workload.TasksWithoutGpu * free;
        var (thousandths, enough, tooSmall) = (0, 0, 0);
        foreach (ref readonly var taskClass in workload.WithGpu.AsSpan())
        {
            var demand = taskClass.Demand;
            if (demand.Thousandths != thousandths)
            {
                thousandths = demand.Thousandths;
                (enough, tooSmall) = Divide(devices, thousandths);
            }

            var runs = enough >= demand.Devices && rest.Cpu >= demand.Cpu && rest.Memory >= demand.Memory && GpuFeasibility.AllowsModel(demand.Models, rest.Models);
            sum += (long)taskClass.Tasks * (runs ? tooSmall : free);
        }

        return sum;
    }

    /// <summary>How many devices have that much, and the sum of what the others have.</summary>
    private static (int Enough, int TooSmall) Divide(ReadOnlySpan<int> devices, int thousandths)
    {
        var (enough, tooSmall) = (0, 0);
        foreach (var device in devices)
        {
            if (device >= thousandths)
                enough++;
            else
                tooSmall += device;
        }

        return (enough, tooSmall);
    }
}
