namespace OrleansCluster.Client.Calls;

/// <summary>
/// Repeats a call until it is answered. Grains refuse by values, so whatever they throw is a failure of their surroundings, which passes: a silo
/// that died, a call that was lost with it, a store that is away. Only calls that are safe to repeat belong here.
/// </summary>
internal sealed class RepeatedCall(TimeSpan patience, TimeProvider clock)
{
    private const int FirstMilliseconds = 100;
    private const int Doublings = 5;
    private static readonly TimeSpan _longestPause = TimeSpan.FromSeconds(2);

    /// <param name="limit">
    /// How long to wait for one answer. Orleans does not fail the calls of an external client that a silo takes to its grave: they run into their
    /// timeout, which a long poll has a long one of.
    /// </param>
    public async Task<T> Run<T>(Func<CancellationToken, Task<T>> call, TimeSpan limit, CancellationToken cancellationToken)
    {
        long? failingSince = null;
        for (var failures = 0; ; failures++)
        {
            if (failures > 0)
                await Task.Delay(PauseAfter(failures), clock, cancellationToken);
            var sentAt = clock.GetTimestamp();
            using var lost = new CancellationTokenSource(limit, clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lost.Token);
            try
            {
                return await call(either.Token);
            }
            catch (Exception exception)
            {
                cancellationToken.ThrowIfCancellationRequested();
                failingSince ??= sentAt;
                if (clock.GetElapsedTime(failingSince.Value) < patience)
                    continue;
                if (exception is OperationCanceledException)
                    throw new TimeoutException($"The cluster's grains have not answered for {patience}.", exception);
                throw;
            }
        }
    }

    private static TimeSpan PauseAfter(int failures)
    {
        var pause = TimeSpan.FromMilliseconds(FirstMilliseconds << Math.Min(failures - 1, Doublings));
        return pause < _longestPause ? pause : _longestPause;
    }
}
