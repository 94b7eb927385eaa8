using OrleansCluster.Grains.Teams;
using static OrleansCluster.Tests.Unit.Teams.Sample;

namespace OrleansCluster.Tests.Unit.Teams;

public sealed class UsageHoursTests
{
    [Fact]
    public void Of_TimeOverThreeHours_IsCutAtTheHours()
    {
        var from = new DateTimeOffset(2026, 1, 1, 10, 59, 59, TimeSpan.Zero);

        var pieces = UsageHours.Of(Totals(2000, 10), from, from.AddHours(1).AddSeconds(2)).ToList();

        Assert.Equal([10, 11, 12], pieces.Select(piece => piece.Hour.Hour));
        Assert.Equal([2m, 7200m, 2m], pieces.Select(piece => piece.Usage.ToUsage("a", piece.Hour).CoreSeconds));
        Assert.Equal([10m, 36000m, 10m], pieces.Select(piece => piece.Usage.ToUsage("a", piece.Hour).MemoryMibSeconds));
        Assert.Empty(UsageHours.Of(Totals(1), from, from));
    }

    [Fact]
    public void UsageCsv_Rows_AreALineEach()
    {
        var hour = new DateTimeOffset(2026, 1, 1, 10, 0, 0, TimeSpan.Zero);

        Assert.Equal(
            "team,hour,core_seconds,memory_mib_seconds,disk_mib_seconds,gpu_thousandth_seconds,claim_seconds\r\na,2026-01-01T10:00:00Z,2.5,0,0,0,1.25\r\n",
            UsageCsv.Of([HourUsage.Of(Totals(2000), 1250).ToUsage("a", hour)]));
    }
}
