using System.Globalization;

namespace OrleansCluster.Silo.Hosting.Fencing;

/// <summary>
/// Until when a node's lease is good, where every process of this host can read it: <c>BOOT TIMESTAMP</c>, by the monotonic clock that they share, and the
/// boot that this clock counts from.
/// </summary>
internal sealed class LeaseFile(string folder, TimeProvider clock)
{
    private const string BootIdFile = "/proc/sys/kernel/random/boot_id";
    private readonly string _path = System.IO.Path.Combine(folder, "lease");
    private readonly string _boot = File.Exists(BootIdFile) ? File.ReadAllText(BootIdFile).Trim() : "unknown";

    public void Write(TimeSpan remaining)
    {
        var until = clock.GetTimestamp() + (long)(remaining.TotalSeconds * clock.TimestampFrequency);
        var next = _path + ".new";
        File.WriteAllText(next, string.Create(CultureInfo.InvariantCulture, $"{_boot} {until}"));
        File.Move(next, _path, overwrite: true);
    }

    /// <summary>What is left of the lease: zero or less once it is over; null where there is none of this boot.</summary>
    public TimeSpan? Read()
    {
        try
        {
            return File.ReadAllText(_path).Split(' ') is [var boot, var text] && boot == _boot && long.TryParse(text, CultureInfo.InvariantCulture, out var until)
                ? TimeSpan.FromSeconds((until - clock.GetTimestamp()) / (double)clock.TimestampFrequency)
                : null;
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }
}
