namespace OrleansCluster.Tests.Properties.ResourceManagement;

/// <summary>A node's devices and amounts, each with the claims that hold some of it.</summary>
internal sealed class ModelRoom(ExtraCapacity? capacity)
{
    private const int WholeDevice = 1000;
    private readonly List<(string Id, int Device, int Thousandths)> _shares = [];
    private readonly List<(string Id, string Name, int Amount)> _amounts = [];

    public bool Fits(ExtraDemand? wanted) =>
        wanted is null || (Choose(wanted.Gpu) is not null && wanted.Amounts.All(amount => LeftOf(amount.Key) >= amount.Value));

    public void Take(string id, ExtraDemand? wanted)
    {
        if (wanted is null)
            return;
        foreach (var device in Choose(wanted.Gpu)!)
            _shares.Add((id, device, wanted.Gpu!.Thousandths ?? WholeDevice));
        _amounts.AddRange(wanted.Amounts.Select(amount => (id, amount.Key, amount.Value)));
    }

    public void GiveBack(string id)
    {
        _shares.RemoveAll(share => share.Id == id);
        _amounts.RemoveAll(amount => amount.Id == id);
    }

    private int LeftOf(string name) => (capacity?.Amounts.GetValueOrDefault(name) ?? 0) - _amounts.Where(amount => amount.Name == name).Sum(amount => amount.Amount);

    private int FreeOf(int device) => WholeDevice - _shares.Where(share => share.Device == device).Sum(share => share.Thousandths);

    /// <summary>The fullest device that is enough, or the first whole ones.</summary>
    private int[]? Choose(GpuSpec? gpu)
    {
        if (gpu is null)
            return [];
        var (count, each) = gpu.Thousandths is { } share ? (1, share) : (gpu.Count!.Value, WholeDevice);
        int[] chosen =
        [
            .. Enumerable.Range(0, capacity?.Gpus.Length ?? 0).Where(i => FreeOf(i) >= each && (gpu.Models.IsEmpty || gpu.Models.Contains(capacity!.Gpus[i].Model)))
                .OrderBy(FreeOf).ThenBy(i => i).Take(count),
        ];
        return chosen.Length == count ? chosen : null;
    }
}
