using OrleansCluster.Placement.Gpus;

namespace OrleansCluster.Grains.Teams;

/// <summary>What counts towards a team's limits.</summary>
internal static class TeamAmounts
{
    public static readonly string[] Dimensions = ["cpu", "memory", "disk", "gpu"];

    public static ResourceTotals Of(Claim claim) => Of(claim.Resources, claim.Extras is { } extras ? GpuOf(extras) : 0);

    public static ResourceTotals Of(PlacementRequest request) => Of(request.Resources, request.Extras);

    public static ResourceTotals Of(ClaimRequest request) => Of(request.Resources, request.Extras);

    public static ResourceTotals Of(Resources resources, ExtraDemand? extras) => Of(resources, extras?.Gpu is { } gpu ? GpuDemand.Of(gpu).TotalThousandths : 0);

    public static ResourceTotals Of(Resources resources, long gpu) => new(resources.Cpu, resources.Memory, resources.Disk, gpu);

    public static long GpuOf(ExtraClaim claim)
    {
        var sum = 0L;
        foreach (var share in claim.Gpus)
            sum += share.Thousandths;
        return sum;
    }

    public static long In(this ResourceTotals totals, int dimension) => dimension switch { 0 => totals.Cpu, 1 => totals.Memory, 2 => totals.Disk, _ => totals.Gpu };

    public static long? In(this ResourceLimits limits, int dimension) => dimension switch { 0 => limits.Cpu, 1 => limits.Memory, 2 => limits.Disk, _ => limits.Gpu };

    public static ResourceTotals ToTotals(this ResourceLimits? limits) =>
        limits is null ? default : new ResourceTotals(limits.Cpu ?? 0, limits.Memory ?? 0, limits.Disk ?? 0, limits.Gpu ?? 0);

    /// <summary>The larger of the two in each dimension.</summary>
    public static ResourceTotals Max(ResourceTotals a, ResourceTotals b) =>
        new(Math.Max(a.Cpu, b.Cpu), Math.Max(a.Memory, b.Memory), Math.Max(a.Disk, b.Disk), Math.Max(a.Gpu, b.Gpu));
}
