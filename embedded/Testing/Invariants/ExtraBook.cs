using OrleansCluster.Grains.Storage;
using OrleansCluster.Testing.Kernel;

namespace OrleansCluster.Testing.Invariants;

/// <summary>GPUs and named amounts, added up claim by claim: nothing is given out that its node has not, twice, or otherwise than was asked for.</summary>
internal sealed class ExtraBook(World world)
{
    private const int WholeDevice = 1000;
    private static readonly ExtraCapacity _nothing = new();
    private static readonly ExtraDemand _noDemand = new();
    private readonly Dictionary<string, ExtraCapacity> _offered = new(StringComparer.Ordinal);

    public void OnNode(string node, ExtraCapacity offered) => _offered[node] = offered;

    /// <param name="asked">What its task, or the scheduler of a test's own, wants.</param>
    public void CheckClaim(Claim claim, ExtraDemand? asked)
    {
        if (asked is null && claim.Extras is null)
            return;
        var (wanted, got) = (asked ?? _noDemand, claim.Extras ?? new ExtraClaim());
        if (!wanted.Amounts.SequenceEqual(got.Amounts))
            world.Violate($"claim {claim.Id} has {Of(got)}, and its task asks for {string.Join(", ", wanted.Amounts)}");
        var (devices, each) = wanted.Gpu is not { } gpu ? (0, 0) : gpu.Thousandths is { } part ? (1, part) : (gpu.Count ?? 0, WholeDevice);
        if (got.Gpus.Length != devices || got.Gpus.Any(share => share.Thousandths != each) || got.Gpus.DistinctBy(share => share.Device).Count() != devices)
            world.Violate($"claim {claim.Id} has {Of(got)}, and its task asks for {devices} devices with {each} thousandths each");
        foreach (var share in got.Gpus)
        {
            var device = Offered(claim.Node).Gpus.FirstOrDefault(other => other.Id == share.Device);
            if (device is null)
                world.Violate($"claim {claim.Id} has GPU {share.Device} of {claim.Node}, which has no such device");
            else if (!wanted.Gpu!.Models.IsEmpty && !wanted.Gpu.Models.Contains(device.Model))
                world.Violate($"claim {claim.Id} has GPU {share.Device} of {claim.Node}, which is a '{device.Model}', and its task asks for {string.Join(" or ", wanted.Gpu.Models)}");
        }
    }

    public void CheckNode(NodeRow row, IReadOnlyCollection<Claim> claims)
    {
        var extras = claims.Select(claim => claim.Extras).OfType<ExtraClaim>().ToList();
        var gpus = extras.SelectMany(claim => claim.Gpus).GroupBy(share => share.Device, share => share.Thousandths, StringComparer.Ordinal)
            .ToSortedDictionary(group => group.Key, group => group.Sum());
        var amounts = extras.SelectMany(claim => claim.Amounts).GroupBy(amount => amount.Key, amount => amount.Value, StringComparer.Ordinal)
            .ToSortedDictionary(group => group.Key, group => group.Sum());
        if (gpus.FirstOrDefault(gpu => gpu.Value > WholeDevice) is { Key: not null } device)
            world.Violate($"GPU {device.Key} of node {row.Node} is over-committed: {device.Value} thousandths are claimed");
        if (amounts.FirstOrDefault(amount => amount.Value > Offered(row.Node).Amounts.GetValueOrDefault(amount.Key)) is { Key: not null } over)
            world.Violate($"{over.Key} of node {row.Node} is over-committed: {over.Value} of {Offered(row.Node).Amounts.GetValueOrDefault(over.Key)}");
        var told = row.ExtraClaimed ?? new ExtraClaim();
        if (!gpus.SequenceEqual(told.Gpus.OrderBy(share => share.Device, StringComparer.Ordinal).Select(share => KeyValuePair.Create(share.Device, share.Thousandths)))
            || !amounts.SequenceEqual(told.Amounts))
        {
            world.Violate($"node {row.Node} says that {Of(told)} is claimed, but its claims are [{string.Join(", ", gpus)}; {string.Join(", ", amounts)}]");
        }
    }

    private ExtraCapacity Offered(string node) => _offered.GetValueOrDefault(node, _nothing);

    private static string Of(ExtraClaim claim) => $"[{string.Join(", ", claim.Gpus.Select(share => $"{share.Device}:{share.Thousandths}"))}; {string.Join(", ", claim.Amounts)}]";
}
