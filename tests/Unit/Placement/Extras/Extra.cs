using System.Collections.Immutable;

namespace OrleansCluster.Tests.Unit.Placement.Extras;

/// <summary>GPUs and named amounts in few words.</summary>
internal static class Extra
{
    /// <summary>Devices 0, 1 and so on.</summary>
    public static ExtraCapacity Gpus(params string[] models) => new() { Gpus = [.. models.Select((model, i) => new GpuDevice($"{i}", model))] };

    public static ExtraDemand Whole(int count, params string[] models) => new() { Gpu = new GpuSpec { Count = count, Models = [.. models] } };

    public static ExtraDemand Share(int thousandths, params string[] models) => new() { Gpu = new GpuSpec { Thousandths = thousandths, Models = [.. models] } };

    public static ImmutableSortedDictionary<string, int> Amount(string name, int amount) => ImmutableSortedDictionary<string, int>.Empty.Add(name, amount);

    public static NodeSnapshot With(this NodeSnapshot node, ExtraCapacity capacity, ExtraClaim? claimed = null) => node with { ExtraCapacity = capacity, ExtraClaimed = claimed };

    public static PlacementRequest With(this PlacementRequest request, ExtraDemand extras) => request with { Extras = extras };
}
