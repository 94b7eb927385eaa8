namespace OrleansCluster.Tests.Store;

internal static class Eventually
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);

    /// <param name="expected">What is waited for, for the message when it does not come.</param>
    public static async Task True(Func<bool> condition, string expected)
    {
        using var patience = new CancellationTokenSource(_patience);
        while (!condition())
        {
            Assert.False(patience.IsCancellationRequested, $"after {_patience.TotalSeconds} s it is not so that {expected}");
            await Task.Delay(20);
        }
    }
}
