using OrleansCluster.Grains.Storage;

namespace OrleansCluster.Tests.Store.Postgres;

/// <summary>Callers who each count a state of their own upwards, and read it again after a failure, as grains do.</summary>
internal sealed class Counters : IDisposable
{
    private readonly ITransactionalStore _store;
    private readonly CancellationTokenSource _stop = new();
    private readonly long[] _acknowledged;
    private readonly Task[] _callers;
    private int _failures;

    public Counters(ITransactionalStore store, int callers)
    {
        (_store, _acknowledged) = (store, new long[callers]);
        _callers = [.. Enumerable.Range(0, callers).Select(Count)];
    }

    /// <summary>Every caller is told of some writes more than it has been told of by now.</summary>
    public Task Gain(int writes)
    {
        var before = _acknowledged.ToArray();
        return Eventually.True(
            () =>
            {
                Assert.DoesNotContain(_callers, caller => caller.IsFaulted);
                return before.Zip(_acknowledged).All(pair => pair.Second >= pair.First + writes);
            },
            $"every caller has been told of {writes} more writes");
    }

    public Task Fails() => Eventually.True(() => Volatile.Read(ref _failures) > 0, "a caller has been told of a failure");

    public async Task Stop()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_callers);
    }

    /// <summary>Those whose state is not what their caller was told last.</summary>
    public async Task<string[]> Lost()
    {
        var lost = new List<string>();
        for (var caller = 0; caller < _acknowledged.Length; caller++)
        {
            var etag = (await _store.ReadState("count", $"{caller}", default))?.ETag ?? 0;
            if (etag != _acknowledged[caller])
                lost.Add($"{caller}: told of {_acknowledged[caller]}, stored {etag}");
        }

        return [.. lost];
    }

    public void Dispose() => _stop.Dispose();

    private async Task Count(int caller)
    {
        await Task.Yield();
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var etag = (await _store.ReadState("count", $"{caller}", default))?.ETag ?? 0;

                // More than was told: a write whose caller was told of a failure has happened all the same. Less: one was lost.
                Assert.True(etag >= _acknowledged[caller], $"caller {caller} was told of {_acknowledged[caller]} writes, {etag} are stored");
                var unit = Rows.Unit with { States = [Rows.State($"{caller}", etag, kind: "count")], Events = [Rows.Event($"{caller}")] };
                if ((await _store.Commit(unit, default)).IsCommitted)
                    Volatile.Write(ref _acknowledged[caller], etag + 1);
            }
            catch (StoreUnavailableException)
            {
                Interlocked.Increment(ref _failures);
                await Task.Delay(10);
            }
        }
    }
}
