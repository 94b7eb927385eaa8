using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;

namespace OrleansCluster.Tests.Properties.Placement;

/// <summary>GPUs and named amounts: few, of few models and names, so that they are often just enough.</summary>
internal static class GenerateExtras
{
    private const int WholeDevice = 1000;

    private static Gen<string> Model { get; } = Gen.Elements("a", "a", "b", "");

    private static Gen<int> Share { get; } = Gen.Elements(100, 300, 500, 700, 999);

    public static Gen<(ExtraCapacity? Capacity, ExtraClaim? Claimed)> Node { get; } =
        from models in Gen.ArrayOf(Model, 3)
        from devices in Gen.Choose(0, 3)
        from isMixed in Gen.Elements(false, false, true)
        from claimed in Gen.ArrayOf(Gen.Elements(0, 0, 0, 300, 500, WholeDevice), 3)
        from licences in Gen.Choose(0, 3)
        from taken in Gen.Choose(0, 3)
        let gpus = Enumerable.Range(0, devices).Select(i => new GpuDevice($"{i}", isMixed ? models[i] : models[0])).ToImmutableArray()
        let shares = gpus.Select((gpu, i) => new GpuShare(gpu.Id, claimed[i])).Where(share => share.Thousandths > 0).ToImmutableArray()
        select devices == 0 && licences == 0
            ? (default(ExtraCapacity), default(ExtraClaim))
            : (
                new ExtraCapacity { Gpus = gpus, Amounts = Amounts("licence", licences) },
                shares.IsEmpty && Math.Min(licences, taken) == 0 ? null : new ExtraClaim { Gpus = shares, Amounts = Amounts("licence", Math.Min(licences, taken)) });

    public static Gen<ExtraDemand?> Demand { get; } =
        from kind in Gen.Choose(0, 5)
        from count in Gen.Choose(1, 3)
        from share in Share
        from models in Gen.SubListOf("a", "b", "c")
        from isAny in Gen.Elements(true, true, false)
        from licences in Gen.Choose(0, 4)
        let allowed = isAny ? [] : models.ToImmutableArray()
        select kind switch
        {
            0 => default,
            1 => new ExtraDemand { Amounts = Amounts("licence", Math.Max(1, licences)) },
            2 => new ExtraDemand { Gpu = new GpuSpec { Count = count, Models = allowed }, Amounts = Amounts("licence", licences / 3) },
            3 => new ExtraDemand { Gpu = new GpuSpec { Count = count, Models = allowed } },
            _ => new ExtraDemand { Gpu = new GpuSpec { Thousandths = share, Models = allowed } },
        };

    private static ImmutableSortedDictionary<string, int> Amounts(string name, int amount) =>
        amount == 0 ? ImmutableSortedDictionary<string, int>.Empty : ImmutableSortedDictionary<string, int>.Empty.Add(name, amount);
}
