using System.Collections.Immutable;
using System.Numerics;
using OrleansCluster.Placement.Gpus;

namespace OrleansCluster.Placement.Extras;

/// <summary>
/// What one node has of GPUs and named amounts, and how much of it is left. Immutable: the committer keeps one for what is durable and one for what is being
/// written, and copies of a scheduler's arrays share them. Nodes that offer none of it have no room, and cost nothing.
/// </summary>
public sealed class ExtraRoom
{
    private static readonly ExtraRoom _nothing = new(new ExtraCapacity(), [], ImmutableSortedDictionary<string, int>.Empty);
    private readonly ImmutableArray<int> _free;
    private readonly ImmutableSortedDictionary<string, int> _taken;

    private ExtraRoom(ExtraCapacity capacity, ImmutableArray<int> free, ImmutableSortedDictionary<string, int> taken)
    {
        (Capacity, _free, _taken) = (capacity, free, taken);
        foreach (var device in free)
        {
            FreeGpu += device;
            Largest = Math.Max(Largest, device);
            Whole += device == GpuDemand.WholeDevice ? 1 : 0;
        }
    }

    public ExtraCapacity Capacity { get; }

    /// <summary>Thousandths free of each device, in their order.</summary>
    public ReadOnlySpan<int> Free => _free.AsSpan();

    /// <summary>Thousandths free, over all devices.</summary>
    public int FreeGpu { get; }

    /// <summary>Thousandths free of the device that has the most.</summary>
    public int Largest { get; }

    /// <summary>Devices of which nothing is taken.</summary>
    public int Whole { get; }

    /// <summary>Thousandths of all devices.</summary>
    public int TotalGpu => _free.Length * GpuDemand.WholeDevice;

    /// <summary>What is taken; <see langword="null"/> where that is nothing.</summary>
    public ExtraClaim? Claimed
    {
        get
        {
            var shares = ImmutableArray.CreateBuilder<GpuShare>();
            for (var device = 0; device < _free.Length; device++)
            {
                if (_free[device] < GpuDemand.WholeDevice)
                    shares.Add(new GpuShare(Capacity.Gpus[device].Id, GpuDemand.WholeDevice - _free[device]));
            }

            return shares.Count == 0 && _taken.IsEmpty ? null : new ExtraClaim { Gpus = shares.ToImmutable(), Amounts = _taken };
        }
    }

    /// <summary>All of it free; <see langword="null"/> for a node that has none.</summary>
    public static ExtraRoom? Of(ExtraCapacity? capacity)
    {
        if (capacity is null)
            return null;
        var free = new int[capacity.Gpus.Length];
        Array.Fill(free, GpuDemand.WholeDevice);
        return new ExtraRoom(capacity, [.. free], ImmutableSortedDictionary<string, int>.Empty);
    }

    /// <summary>What a claim has left of it.</summary>
    /// <exception cref="InvalidOperationException">The claim names a device that is not there.</exception>
    public static ExtraRoom? Of(ExtraCapacity? capacity, ExtraClaim? claimed) =>
        claimed is null ? Of(capacity) : (Of(capacity) ?? _nothing).Take(claimed);

    /// <summary>The first obstacle, or <see langword="null"/> where it fits: GPU, then amounts in the order of their names.</summary>
    /// <param name="room"><see langword="null"/> for a node that has nothing.</param>
    public static Shortfall? Check(ExtraRoom? room, ExtraDemand wanted) => (room ?? _nothing).Check(wanted);

    /// <summary>What the task gets where it fits. The same devices wherever it is asked with the same room.</summary>
    public ExtraClaim Choose(ExtraDemand wanted)
    {
        if (wanted.Gpu is not { } gpu)
            return new ExtraClaim { Amounts = wanted.Amounts };
        var demand = GpuDemand.Of(gpu);
        var shares = ImmutableArray.CreateBuilder<GpuShare>(demand.Devices);
        for (var chosen = DevicesFor(gpu); chosen != 0; chosen &= chosen - 1)
            shares.Add(new GpuShare(Capacity.Gpus[BitOperations.TrailingZeroCount(chosen)].Id, demand.Thousandths));
        return new ExtraClaim { Gpus = shares.MoveToImmutable(), Amounts = wanted.Amounts };
    }

    /// <summary>A bit for each device that <see cref="Choose"/> takes from.</summary>
    public ulong DevicesFor(GpuSpec gpu) => DeviceChoice.BestFit(Free, Allowed(gpu), GpuDemand.Of(gpu));

    public ExtraRoom Take(ExtraClaim claim) => Change(claim, 1);

    public ExtraRoom GiveBack(ExtraClaim claim) => Change(claim, -1);

    /// <summary>Devices of the models that will do of which so much is free.</summary>
    /// <param name="thousandths">Of each: 0 for all there are.</param>
    public int CountWith(GpuSpec gpu, int thousandths)
    {
        var count = 0;
        for (var device = 0; device < _free.Length; device++)
            count += _free[device] >= thousandths && Allows(gpu, Capacity.Gpus[device]) ? 1 : 0;
        return count;
    }

    /// <summary>Thousandths free of that device of the models that will do which has the most.</summary>
    public int LargestOf(GpuSpec gpu)
    {
        if (gpu.Models.IsEmpty)
            return Largest;
        var largest = 0;
        for (var device = 0; device < _free.Length; device++)
            largest = Math.Max(largest, Allows(gpu, Capacity.Gpus[device]) ? _free[device] : 0);
        return largest;
    }

    public int LeftOf(string amount) => Capacity.Amounts.GetValueOrDefault(amount) - _taken.GetValueOrDefault(amount);

    private Shortfall? Check(ExtraDemand wanted)
    {
        if (wanted.Gpu is { } gpu && CheckGpu(gpu) is { } shortfall)
            return shortfall;
        if (wanted.Amounts.IsEmpty)
            return null;
        foreach (var (name, amount) in wanted.Amounts)
        {
            // In 64 bits: the sum of two amounts must not wrap round to "fits".
            if ((long)amount - LeftOf(name) is > 0 and var missing)
                return Shortfall.OfNamed(name, missing);
        }

        return null;
    }

    private Shortfall? CheckGpu(GpuSpec gpu)
    {
        var demand = GpuDemand.Of(gpu);
        if (gpu.Models.IsEmpty ? demand.IsShared ? Largest >= demand.Thousandths : Whole >= demand.Devices : CountWith(gpu, demand.Thousandths) >= demand.Devices)
            return null;
        if (!gpu.Models.IsEmpty && demand.Devices - CountWith(gpu, 0) is > 0 and var absent)
            return Shortfall.OfGpuModel(string.Join('|', gpu.Models), absent);
        return Shortfall.OfGpu(demand.IsShared ? demand.Thousandths - LargestOf(gpu) : demand.Devices - CountWith(gpu, GpuDemand.WholeDevice));
    }

    private ulong Allowed(GpuSpec gpu)
    {
        var allowed = 0UL;
        for (var device = 0; device < _free.Length; device++)
            allowed |= Allows(gpu, Capacity.Gpus[device]) ? 1UL << device : 0;
        return allowed;
    }

    private static bool Allows(GpuSpec gpu, GpuDevice device) => gpu.Models.IsEmpty || gpu.Models.Contains(device.Model, StringComparer.Ordinal);

    private ExtraRoom Change(ExtraClaim claim, int sign)
    {
        var free = _free;
        if (!claim.Gpus.IsEmpty)
        {
            var changed = free.ToBuilder();
            foreach (var share in claim.Gpus)
                changed[IndexOf(share.Device)] -= sign * share.Thousandths;
            free = changed.MoveToImmutable();
        }

        if (claim.Amounts.IsEmpty)
            return new ExtraRoom(Capacity, free, _taken);
        var taken = _taken;
        foreach (var (name, amount) in claim.Amounts)
            taken = taken.GetValueOrDefault(name) + (sign * amount) is not 0 and var left ? taken.SetItem(name, left) : taken.Remove(name);
        return new ExtraRoom(Capacity, free, taken);
    }

    private int IndexOf(string device)
    {
        for (var i = 0; i < Capacity.Gpus.Length; i++)
        {
            if (Capacity.Gpus[i].Id == device)
                return i;
        }

        throw new InvalidOperationException($"A claim holds GPU {device}, and its node has only {string.Join(", ", Capacity.Gpus.Select(gpu => gpu.Id))}.");
    }
}
