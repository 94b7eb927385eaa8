namespace OrleansCluster.Client;

/// <summary>Where the keys come from that tell jobs of one name apart; tests put a known one in its place.</summary>
public interface IJobKeySource
{
    /// <summary>A key never given before: lower-case letters and digits, 1 to 64 of them.</summary>
    string NewKey();
}
