namespace OrleansCluster.Silo.Api.Endpoints;

/// <summary>Waits for something to change, in steps that stay below the engines' limit of a grain call, 30 s by default.</summary>
internal sealed class LongPoll(TimeProvider clock, IHostApplicationLifetime lifetime)
{
    private static readonly TimeSpan _longestStep = TimeSpan.FromSeconds(15);

    /// <param name="value">As it is now; where it is nothing, it is not waited for.</param>
    /// <param name="watch">Waits for as long at most, and answers with what there is then.</param>
    public async Task<T?> Until<T>(T? value, Func<T, bool> isIt, Func<TimeSpan, CancellationToken, Task<T?>> watch, TimeSpan wait, CancellationToken cancellationToken)
        where T : class
    {
        // A long poll must not hold up the silo's stop: it answers with what there is.
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        var start = clock.GetTimestamp();
        for (var left = wait; left > TimeSpan.Zero && value is not null && !isIt(value); left = wait - clock.GetElapsedTime(start))
        {
            try
            {
                value = await watch(left < _longestStep ? left : _longestStep, ending.Token);
            }
            catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested)
            {
                break;
            }
        }

        return value;
    }
}
