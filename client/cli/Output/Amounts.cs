using System.Globalization;

namespace OrleansCluster.Cli.Output;

internal static class Amounts
{
    private const int MebibytesInGibibyte = 1024;

    /// <summary>Cores: <c>0.25</c>, <c>2</c>.</summary>
    public static string Cpu(long millicores) => (millicores / 1000m).ToString("0.###", CultureInfo.InvariantCulture);

    /// <summary><c>512 MiB</c>, <c>1.5 GiB</c>.</summary>
    public static string Size(long mebibytes) => mebibytes < MebibytesInGibibyte
        ? $"{mebibytes} MiB"
        : string.Create(CultureInfo.InvariantCulture, $"{mebibytes / (decimal)MebibytesInGibibyte:0.#} GiB");

    /// <summary><c>812 B</c>, <c>3.5 KiB</c>, <c>64 MiB</c>.</summary>
    public static string Bytes(long bytes) => bytes switch
    {
        < 1 << 10 => $"{bytes} B",
        < 1 << 20 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024m:0.#} KiB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1048576m:0.#} MiB"),
    };

    public static string All(Resources resources) =>
        $"{Cpu(resources.Cpu)} cores, {Size(resources.Memory)} memory{(resources.Disk > 0 ? $", {Size(resources.Disk)} disk" : "")}";
}
