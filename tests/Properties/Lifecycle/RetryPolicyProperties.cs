using FsCheck.Fluent;
using OrleansCluster.Grains.Tasks;

namespace OrleansCluster.Tests.Properties.Lifecycle;

public sealed class RetryPolicyProperties
{
    [Fact]
    public void WaitBefore_Any_IsBetweenHalfAndAllOfTheDoubledWaitAndNeverLongerThanTheLongest()
    {
        var cases =
            from backoff in Gen.Choose(0, 3600)
            from longest in Gen.Choose(0, 86_400)
            from failures in Gen.Choose(1, 100)
            from seed in Gen.Choose(0, int.MaxValue)
            select (Retry: new RetrySpec { Backoff = backoff, MaxBackoff = longest }, failures, Seed: (ulong)seed * 0x9E3779B97F4A7C15);

        Check.ForAll(cases, c =>
        {
            var whole = Math.Min(c.Retry.MaxBackoff, c.Retry.Backoff * Math.Pow(2, c.failures - 1));
            var wait = RetryPolicy.WaitBefore(c.Retry, c.failures, c.Seed).TotalSeconds;

            Assert.InRange(wait, (whole / 2) - 1e-6, whole + 1e-6);
        });
    }

    [Fact]
    public void WaitBefore_ManyTasksThatFailedTogether_DoNotComeBackTogether()
    {
        var waits = Enumerable.Range(0, 1000).Select(i => RetryPolicy.WaitBefore(new RetrySpec { Backoff = 64 }, 1, (ulong)i).TotalSeconds).ToList();

        Assert.InRange(waits.Average(), 44, 52);
        Assert.True(waits.Select(wait => (int)wait).Distinct().Count() > 25, "they crowd into few seconds");
    }

    [Fact]
    public void IsWorthRetrying_Any_NeverBeyondTheAttempts()
    {
        var cases =
            from attempts in Gen.Choose(1, 100)
            from failures in Gen.Choose(1, 100)
            from code in Gen.Choose(1, 255)
            select (attempts, failures, code);

        Check.ForAll(cases, c => Assert.Equal(
            c.failures < c.attempts,
            RetryPolicy.IsWorthRetrying(new RetrySpec { Attempts = c.attempts }, c.failures, StopCode.EssentialContainerExited, c.code)));
    }
}
