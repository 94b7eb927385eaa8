namespace OrleansCluster.Client;

/// <summary>Where the keys come from that make a submission safe to repeat; tests put a known one in its place.</summary>
public interface IIdempotencyKeySource
{
    /// <summary>A key never given before: 1 to 128 visible ASCII characters.</summary>
    string NewKey();
}
