namespace OrleansCluster.Tests.Api.Http;

internal static class Poll
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(20);

    public static async Task Until(string expectation, Func<Task<bool>> condition)
    {
        var deadline = DateTimeOffset.UtcNow + _patience;
        while (!await condition())
        {
            Assert.True(DateTimeOffset.UtcNow < deadline, $"Within {_patience.TotalSeconds} s, expected: {expectation}");
            await Task.Delay(20);
        }
    }
}
