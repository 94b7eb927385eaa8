using System.Globalization;
using System.Text;

namespace OrleansCluster;

/// <summary>Usage as comma-separated values (RFC 4180): the API's and the command's form.</summary>
public static class UsageCsv
{
    public const string MediaType = "text/csv";

    private const string Header = "team,hour,core_seconds,memory_mib_seconds,disk_mib_seconds,gpu_thousandth_seconds,claim_seconds\r\n";

    /// <summary>A line each. Names of teams hold neither commas nor quotes.</summary>
    public static string Of(IEnumerable<TeamUsage> usage) => usage.Aggregate(
        new StringBuilder(Header),
        (text, row) => text.Append(
            CultureInfo.InvariantCulture,
            $"{row.Team},{row.Hour:yyyy-MM-dd'T'HH:mm:ss'Z'},{row.CoreSeconds:0.###},{row.MemoryMibSeconds:0.###},{row.DiskMibSeconds:0.###},{row.GpuThousandthSeconds:0.###},{row.ClaimSeconds:0.###}\r\n"))
        .ToString();
}
