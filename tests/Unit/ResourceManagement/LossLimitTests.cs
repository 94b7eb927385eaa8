using OrleansCluster.Grains.ResourceManagement;

namespace OrleansCluster.Tests.Unit.ResourceManagement;

public sealed class LossLimitTests
{
    private static readonly DateTimeOffset _now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(3, 5)]
    [InlineData(100, 5)]
    [InlineData(1000, 50)]
    [InlineData(10_000, 500)]
    public void TryTake_AllAtOnce_LetsOneInTwentyButFiveAtLeast(int nodes, int expected)
    {
        var limit = new LossLimit();

        Assert.Equal(expected, Enumerable.Range(0, nodes + 100).Count(_ => limit.TryTake(nodes, _now)));
    }

    [Fact]
    public void TryTake_TimePasses_LetsMoreGoBitByBit()
    {
        var limit = new LossLimit();
        while (limit.TryTake(200, _now))
        {
            // Until it is used up.
        }

        Assert.False(limit.TryTake(200, _now.AddSeconds(5)));
        Assert.True(limit.TryTake(200, _now.AddSeconds(6)));
        Assert.False(limit.TryTake(200, _now.AddSeconds(7)));
        Assert.Equal(10, Enumerable.Range(0, 100).Count(_ => limit.TryTake(200, _now.AddMinutes(10))));
    }

    [Fact]
    public void TryTake_ClockOfAnotherSiloIsBehind_GivesNothingBack()
    {
        var limit = new LossLimit();
        while (limit.TryTake(10, _now))
        {
            // Until it is used up.
        }

        Assert.False(limit.TryTake(10, _now.AddMinutes(-5)));
        Assert.False(limit.TryTake(10, _now.AddSeconds(1)));
    }
}
