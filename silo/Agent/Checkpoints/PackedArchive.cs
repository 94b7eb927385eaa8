namespace OrleansCluster.Silo.Agent.Checkpoints;

/// <summary>A directory's archive, whole and compressed, at its beginning.</summary>
internal sealed record PackedArchive(Stream Content, long Size, string Digest) : IAsyncDisposable
{
    public ValueTask DisposeAsync() => Content.DisposeAsync();
}
