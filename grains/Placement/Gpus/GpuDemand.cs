namespace OrleansCluster.Placement.Gpus;

/// <summary>What a task asks for: CPU, memory, and no GPU, a part of one device or a number of whole devices.</summary>
public readonly record struct GpuDemand
{
    /// <summary>Of one device, in thousandths.</summary>
    public const int WholeDevice = 1000;

    private GpuDemand(int cpu, int memory, int devices, int thousandths, int models)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(cpu);
        ArgumentOutOfRangeException.ThrowIfNegative(memory);
        (Cpu, Memory, Devices, Thousandths, Models) = (cpu, memory, devices, thousandths, models);
    }

    /// <summary>Millicores.</summary>
    public int Cpu { get; }

    /// <summary>MiB.</summary>
    public int Memory { get; }

    /// <summary>0 for a task without GPU, 1 for one that shares a device.</summary>
    public int Devices { get; }

    /// <summary>Of each device: 1000 for whole ones, 1 to 999 of a shared one, 0 without GPU.</summary>
    public int Thousandths { get; }

    /// <summary>The models allowed, as <see cref="GpuModels"/> numbers them. Without GPU it is <see cref="GpuModels.Any"/>.</summary>
    public int Models { get; }

    public bool WantsGpu => Devices > 0;

    public bool IsShared => Thousandths is > 0 and < WholeDevice;

    /// <summary>Thousandths over all devices.</summary>
    public int TotalThousandths => Devices * Thousandths;

    public static GpuDemand WithoutGpu(int cpu, int memory) => new(cpu, memory, 0, 0, GpuModels.Any);

    /// <summary>The GPU alone, of any model.</summary>
    /// <param name="gpu">Valid.</param>
    public static GpuDemand Of(GpuSpec gpu) => Of(Resources.Zero, gpu, GpuModels.Any);

    /// <summary>What a task asks for.</summary>
    /// <param name="gpu"><see langword="null"/> without GPU.</param>
    public static GpuDemand Of(Resources resources, GpuSpec? gpu, int models) => gpu switch
    {
        null => WithoutGpu(resources.Cpu, resources.Memory),
        { Thousandths: { } share } => Shared(resources.Cpu, resources.Memory, share, models),
        _ => Whole(resources.Cpu, resources.Memory, gpu.Count ?? 0, models),
    };

    /// <param name="thousandths">1 to 999.</param>
    /// <exception cref="ArgumentOutOfRangeException">An amount is negative or not in its range.</exception>
    public static GpuDemand Shared(int cpu, int memory, int thousandths, int models = GpuModels.Any)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(thousandths, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(thousandths, WholeDevice);
        return new(cpu, memory, 1, thousandths, models);
    }

    /// <param name="devices">At least one.</param>
    /// <exception cref="ArgumentOutOfRangeException">An amount is negative or not in its range.</exception>
    public static GpuDemand Whole(int cpu, int memory, int devices, int models = GpuModels.Any)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(devices, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(devices, int.MaxValue / WholeDevice);
        return new(cpu, memory, devices, WholeDevice, models);
    }
}
