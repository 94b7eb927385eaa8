namespace OrleansCluster.Grains.Teams;

/// <summary>Amounts held for a time, in units of milliseconds: integers, so that a year of them sums up exactly.</summary>
/// <param name="Amounts">Millicores, MiB and thousandths, each times milliseconds.</param>
/// <param name="Claims">Claims times milliseconds.</param>
internal readonly record struct HourUsage(ResourceTotals Amounts, long Claims)
{
    public static HourUsage Of(ResourceTotals amounts, long milliseconds) => new(
        new ResourceTotals(amounts.Cpu * milliseconds, amounts.Memory * milliseconds, amounts.Disk * milliseconds, amounts.Gpu * milliseconds), milliseconds);

    public static HourUsage operator +(HourUsage a, HourUsage b) => new(a.Amounts + b.Amounts, a.Claims + b.Claims);

    public TeamUsage ToUsage(string team, DateTimeOffset hour) => new()
    {
        Team = team,
        Hour = hour,
        CoreSeconds = Amounts.Cpu / 1_000_000m,
        MemoryMibSeconds = Amounts.Memory / 1000m,
        DiskMibSeconds = Amounts.Disk / 1000m,
        GpuThousandthSeconds = Amounts.Gpu / 1000m,
        ClaimSeconds = Claims / 1000m,
    };
}
