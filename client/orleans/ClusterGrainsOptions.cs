namespace OrleansCluster.Client;

/// <summary>Which cluster, and how patient its callers are.</summary>
public class ClusterGrainsOptions
{
    /// <summary>Which cluster of the deployment: lower-case letters, digits and hyphens, beginning with a letter, 1 to 63 characters.</summary>
    public string Cluster { get; set; } = "default";

    /// <summary>
    /// For how long calls may fail in a row before the last failure is thrown, 1 s to 1 day: silos that die, restart or lose their database are
    /// waited for. Failures are followed by pauses of 100 ms, 200 ms, 400 ms … at most 2 s.
    /// </summary>
    public TimeSpan Patience { get; set; } = TimeSpan.FromMinutes(1);

    internal virtual IEnumerable<string> Faults()
    {
        if (Cluster.Length is 0 or > 63 || !char.IsAsciiLetterLower(Cluster[0]) || !Cluster.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'))
            yield return $"Cluster is '{Cluster}'; expected lower-case letters, digits and hyphens, beginning with a letter, 1 to 63 characters.";
        if (Patience < TimeSpan.FromSeconds(1) || Patience > TimeSpan.FromDays(1))
            yield return $"Patience is {Patience}; expected 1 s to 1 day.";
    }
}
