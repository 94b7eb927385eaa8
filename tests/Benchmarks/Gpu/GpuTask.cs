using OrleansCluster.Placement.Gpus;

namespace OrleansCluster.Benchmarks.Gpu;

/// <summary>A line of the trace.</summary>
/// <param name="Cpu">Millicores.</param>
/// <param name="Memory">MiB.</param>
/// <param name="Gpus">Of one, it may take a part; of more, it takes all.</param>
/// <param name="Thousandths">Of the one GPU that it asks for.</param>
/// <param name="Models">Those allowed, '|' between them; empty for any.</param>
internal sealed record GpuTask(string Name, int Cpu, int Memory, int Gpus, int Thousandths, string Models)
{
    public GpuDemand ToDemand(GpuModels models) => (Gpus, Thousandths) switch
    {
        (0, _) => GpuDemand.WithoutGpu(Cpu, Memory),
        (1, < GpuDemand.WholeDevice) => GpuDemand.Shared(Cpu, Memory, Thousandths, models.Parse(Models)),
        _ => GpuDemand.Whole(Cpu, Memory, Gpus, models.Parse(Models)),
    };
}
