namespace OrleansCluster.Cli.Runs;

/// <summary>Names jobs that were given no name. Each is a name of its own: containers of a job's own are a family of the job's name, which has room for a thousand.</summary>
internal static class RunName
{
    private const int LongestName = 63;
    private const int OfKey = 8;

    /// <param name="what">The image or the definition.</param>
    /// <param name="key">Of the submission.</param>
    public static string Of(string what, string key)
    {
        var start = what.Split('@')[0];
        start = start[(start.LastIndexOf('/') + 1)..].Split(':')[0];
        var suffix = "-" + Letters(key)[..Math.Min(OfKey, Letters(key).Length)];
        var name = $"run-{Letters(start)}";
        return name[..Math.Min(name.Length, LongestName - suffix.Length)].TrimEnd('-') + suffix;
    }

    private static string Letters(string text) => string.Concat(text.ToLowerInvariant().Where(char.IsAsciiLetterOrDigit));
}
