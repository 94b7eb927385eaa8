using System.Collections.Immutable;

namespace OrleansCluster.Benchmarks.Place;

/// <summary>The GPUs of the benchmark's nodes and what its tasks want of them: mostly shares, as in published traces.</summary>
internal static class PlaceGpus
{
    private const int WholeDevice = 1000;
    private static readonly string[] _models = ["A100", "T4", "V100"];
    private static readonly int[] _shares = [100, 200, 250, 300, 500, 600, 750];
    private static readonly int[] _counts = [1, 1, 2, 4];

    /// <summary>4 or 8 devices of one model, half of them whole, the others filled by a share of their own each: all that is asked for fits somewhere.</summary>
    public static NodeSnapshot Equip(NodeSnapshot node, Random random)
    {
        var model = _models[random.Next(_models.Length)];
        ImmutableArray<GpuDevice> gpus = [.. Enumerable.Range(0, random.Next(2) == 0 ? 4 : 8).Select(device => new GpuDevice($"{device}", model))];
        ImmutableArray<GpuShare> claimed = [.. gpus.Where(_ => random.Next(2) == 0).Select(gpu => new GpuShare(gpu.Id, 50 * random.Next(1, WholeDevice / 50)))];
        return node with { ExtraCapacity = new ExtraCapacity { Gpus = gpus }, ExtraClaimed = new ExtraClaim { Gpus = claimed } };
    }

    public static ExtraDemand Demand(Random random)
    {
        ImmutableArray<string> models = random.Next(4) == 0 ? [_models[random.Next(_models.Length)]] : [];
        return new ExtraDemand
        {
            Gpu = random.Next(4) == 0
                ? new GpuSpec { Count = _counts[random.Next(_counts.Length)], Models = models }
                : new GpuSpec { Thousandths = _shares[random.Next(_shares.Length)], Models = models },
        };
    }
}
