using OrleansCluster.Placement.Extras;
using OrleansCluster.Placement.Gpus;

namespace OrleansCluster.Grains.ResourceManagement;

/// <summary>What is wrong with the GPUs and named amounts that a node registers.</summary>
internal static class ExtraFaults
{
    /// <param name="claimed">What is claimed on the node and may not be missing from it.</param>
    public static IEnumerable<Fault> Of(NodeRegistration registration, ExtraClaim? claimed) =>
        [.. OfGpus(registration), .. OfAmounts(registration), .. OfClaimed(registration, claimed)];

    private static IEnumerable<Fault> OfGpus(NodeRegistration registration)
    {
        if (registration.Gpus.Length > GpuNode.MostDevices)
            yield return new Fault("/gpus", $"{registration.Gpus.Length} GPUs offered; expected at most {GpuNode.MostDevices}");
        foreach (var twice in registration.Gpus.GroupBy(gpu => gpu.Id, StringComparer.Ordinal).Where(group => group.Count() > 1))
            yield return new Fault("/gpus", $"GPU {twice.Key} is offered {twice.Count()} times; expected ids that differ");
    }

    private static IEnumerable<Fault> OfAmounts(NodeRegistration registration)
    {
        if (registration.Amounts.Count > ExtraNames.MostAmounts)
            yield return new Fault("/amounts", $"{registration.Amounts.Count} amounts offered; expected at most {ExtraNames.MostAmounts}");
        foreach (var (name, amount) in registration.Amounts.Where(amount => amount.Value is < 0 or > ExtraNames.LargestAmount))
            yield return new Fault($"/amounts/{name}", $"{amount} {name} offered; expected 0 to {ExtraNames.LargestAmount}");
    }

    private static IEnumerable<Fault> OfClaimed(NodeRegistration registration, ExtraClaim? claimed)
    {
        if (claimed is null)
            yield break;
        var offered = registration.Gpus.Select(gpu => gpu.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var share in claimed.Gpus.Where(share => !offered.Contains(share.Device)))
            yield return new Fault("/gpus", $"GPU {share.Device} is not offered, but {share.Thousandths} thousandths of it are claimed on the node; drain it first");
        foreach (var (name, taken) in claimed.Amounts)
        {
            if (registration.Amounts.GetValueOrDefault(name) is var amount && amount < taken)
                yield return new Fault($"/amounts/{name}", $"{amount} {name} offered, but {taken} are claimed on the node; drain it first");
        }
    }
}
