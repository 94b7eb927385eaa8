namespace OrleansCluster.Tests.Properties.Placement;

/// <summary>The plain way to keep account of a node's GPUs and named amounts.</summary>
internal sealed class ModelExtras
{
    private const int WholeDevice = 1000;
    private readonly (string Model, int Free)[] _gpus;
    private readonly Dictionary<string, int> _amounts;

    public ModelExtras(ExtraCapacity? capacity, ExtraClaim? claimed)
    {
        _gpus = [.. (capacity?.Gpus ?? []).Select(gpu => (gpu.Model, WholeDevice - (claimed?.Gpus.Where(share => share.Device == gpu.Id).Sum(share => share.Thousandths) ?? 0)))];
        _amounts = capacity?.Amounts.ToDictionary(amount => amount.Key, amount => amount.Value - (claimed?.Amounts.GetValueOrDefault(amount.Key) ?? 0)) ?? [];
    }

    public int Devices => _gpus.Length;

    public int FreeGpu => _gpus.Sum(gpu => gpu.Free);

    public bool Fits(ExtraDemand? wanted) =>
        wanted is null || (Choose(wanted.Gpu) is not null && wanted.Amounts.All(amount => _amounts.GetValueOrDefault(amount.Key) >= amount.Value));

    /// <summary>The fullest device that is enough, or the first whole ones.</summary>
    public void Take(ExtraDemand? wanted)
    {
        if (wanted is null)
            return;
        foreach (var device in Choose(wanted.Gpu)!)
            _gpus[device].Free -= wanted.Gpu!.Thousandths ?? WholeDevice;
        foreach (var (name, amount) in wanted.Amounts)
            _amounts[name] -= amount;
        Assert.All(_gpus, gpu => Assert.True(gpu.Free >= 0, "a device is over-committed"));
        Assert.All(_amounts, amount => Assert.True(amount.Value >= 0, $"{amount.Key} is over-committed"));
    }

    /// <summary>Thousandths free, as the arrays have them.</summary>
    public IEnumerable<int> Free => _gpus.Select(gpu => gpu.Free);

    private int[]? Choose(GpuSpec? gpu)
    {
        if (gpu is null)
            return [];
        var (count, each) = gpu.Thousandths is { } share ? (1, share) : (gpu.Count!.Value, WholeDevice);
        int[] chosen =
        [
            .. Enumerable.Range(0, _gpus.Length).Where(i => _gpus[i].Free >= each && (gpu.Models.IsEmpty || gpu.Models.Contains(_gpus[i].Model)))
                .OrderBy(i => _gpus[i].Free).ThenBy(i => i).Take(count),
        ];
        return chosen.Length == count ? chosen : null;
    }
}
