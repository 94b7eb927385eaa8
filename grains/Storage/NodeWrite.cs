namespace OrleansCluster.Grains.Storage;

/// <summary>Replaces a node's row if its stored ETag is <see cref="ExpectedETag"/>.</summary>
public sealed record NodeWrite
{
    /// <summary>0 for a node that must not exist yet.</summary>
    public required long ExpectedETag { get; init; }

    /// <summary>The row to write; its ETag is the new one.</summary>
    public required NodeRow Row { get; init; }
}
