namespace OrleansCluster.Silo.Agent;

/// <summary>Lets so many in at once, in the order in which they came.</summary>
internal sealed class Gate(int limit)
{
    private readonly SemaphoreSlim _places = new(limit);

    /// <summary>Dispose what it returns to leave.</summary>
    public async Task<IDisposable> Enter(CancellationToken cancellationToken)
    {
        // Without the token: a wait that takes one leaves the caller's scheduler. Whoever is inside leaves soon when all is cancelled.
        await _places.WaitAsync();
        var place = new Place(_places);
        if (cancellationToken.IsCancellationRequested)
        {
            place.Dispose();
            cancellationToken.ThrowIfCancellationRequested();
        }

        return place;
    }

    private sealed class Place(SemaphoreSlim places) : IDisposable
    {
        private SemaphoreSlim? _places = places;

        public void Dispose() => Interlocked.Exchange(ref _places, null)?.Release();
    }
}
