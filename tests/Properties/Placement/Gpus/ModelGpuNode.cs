using OrleansCluster.Placement.Gpus;

namespace OrleansCluster.Tests.Properties.Placement.Gpus;

/// <summary>The plain way to keep account of a node and of its fragmentation: a second opinion on what the arrays and the memo say.</summary>
internal sealed class ModelGpuNode(GpuNode node, GpuModels models)
{
    private readonly int _model = node.Devices > 0 ? models.BitOf(node.Model) : 0;

    public int Cpu { get; private set; } = node.Cpu;
    public int Memory { get; private set; } = node.Memory;
    public List<int> Devices { get; private init; } = [.. Enumerable.Repeat(1000, node.Devices)];

    public bool Fits(GpuDemand demand) =>
        Cpu >= demand.Cpu && Memory >= demand.Memory
        && (demand.Devices == 0 || (IsAllowed(demand) && Devices.Count(free => free >= demand.Thousandths) >= demand.Devices));

    /// <summary>Fails where the devices are not as many as asked for, or have too little.</summary>
    public void Take(GpuDemand demand, ulong devices)
    {
        (Cpu, Memory) = (Cpu - demand.Cpu, Memory - demand.Memory);
        Assert.True(Cpu >= 0 && Memory >= 0, $"{node.Name} is over-committed: {Cpu} millicores, {Memory} MiB");
        var taken = Enumerable.Range(0, 64).Where(device => (devices >> device & 1) == 1).ToList();
        Assert.Equal(demand.Devices, taken.Count);
        foreach (var device in taken)
        {
            Assert.True(Devices[device] >= demand.Thousandths, $"device {device} of {node.Name} has {Devices[device]}, not {demand.Thousandths}");
            Devices[device] -= demand.Thousandths;
        }
    }

    public long Fragmentation(GpuWorkload workload) =>
        (workload.TasksWithoutGpu * Devices.Sum())
        + workload.WithGpu.Sum(c => (long)c.Tasks * (Fits(c.Demand) ? Devices.Where(free => free < c.Demand.Thousandths).Sum() : Devices.Sum()));

    /// <summary>The least that a task which fits would add, and the first devices on which it would.</summary>
    public (long Amount, ulong Devices) Increase(GpuWorkload workload, GpuDemand demand) =>
        Choices(demand).Select(devices => (Amount: After(demand, devices).Fragmentation(workload) - Fragmentation(workload), Devices: devices)).MinBy(choice => choice.Amount);

    private IEnumerable<ulong> Choices(GpuDemand demand)
    {
        var enough = Enumerable.Range(0, Devices.Count).Where(device => Devices[device] >= demand.Thousandths).Select(device => 1UL << device);
        return demand.IsShared ? enough : [enough.Take(demand.Devices).Aggregate(0UL, (all, device) => all | device)];
    }

    private ModelGpuNode After(GpuDemand demand, ulong devices)
    {
        var after = new ModelGpuNode(node, models) { Cpu = Cpu, Memory = Memory, Devices = [.. Devices] };
        after.Take(demand, devices);
        return after;
    }

    private bool IsAllowed(GpuDemand demand) => demand.Models == GpuModels.Any || (demand.Models & _model) != 0;
}
