namespace OrleansCluster.Silo.Api.Streams;

/// <summary>Counts the streams that are open, and lets no more in than the limit.</summary>
internal sealed class StreamGate(ApiOptions options)
{
    private int _open;

    /// <summary><see langword="null"/> when there are too many; otherwise to be disposed of at the stream's end.</summary>
    public IDisposable? TryEnter()
    {
        if (Interlocked.Increment(ref _open) <= options.MostStreams)
            return new Place(this);
        Interlocked.Decrement(ref _open);
        return null;
    }

    private sealed class Place(StreamGate gate) : IDisposable
    {
        private int _left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _left, 1) == 0)
                Interlocked.Decrement(ref gate._open);
        }
    }
}
