namespace OrleansCluster.Tests.Docker;

internal static class Poll
{
    /// <summary>Asks again until there is a value.</summary>
    public static async Task<T> Until<T>(string expected, Func<Task<T?>> ask)
        where T : class
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!patience.IsCancellationRequested)
        {
            if (await ask() is { } value) return value;
            await Task.Delay(20);
        }

        throw new TimeoutException($"waited a minute for {expected}");
    }
}
