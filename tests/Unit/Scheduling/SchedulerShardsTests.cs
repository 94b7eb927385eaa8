using OrleansCluster.Grains.Scheduling;

namespace OrleansCluster.Tests.Unit.Scheduling;

public sealed class SchedulerShardsTests
{
    [Fact]
    public void KeyFor_One_IsBatchForAll() =>
        Assert.All(Jobs(), job => Assert.Equal("scheduler/default/batch", new SchedulerShards(1).KeyFor("default", job)));

    [Fact]
    public void KeyFor_Several_DealsOutEvenly()
    {
        var shares = Jobs().GroupBy(job => new SchedulerShards(4).KeyFor("default", job)).ToDictionary(group => group.Key, group => group.Count());

        Assert.Equal(["scheduler/default/batch", "scheduler/default/batch-1", "scheduler/default/batch-2", "scheduler/default/batch-3"], shares.Keys.Order(StringComparer.Ordinal));
        Assert.All(shares.Values, share => Assert.InRange(share, 200, 300));
    }

    [Fact]
    public void IsFor_HoldsForOneSchedulerOfEachJob()
    {
        var shards = new SchedulerShards(3);

        Assert.All(Jobs(), job => Assert.Single(["batch", "batch-1", "batch-2", "batch-3", "service"], name => shards.IsFor(name, TaskId.Of(job, "t1", 0))));
        Assert.All(Jobs(), service => Assert.Single(["batch", "batch-1", "batch-2", "batch-3", "service"], name => shards.IsFor(name, TaskId.OfService(service, 1, 0))));
        Assert.True(shards.IsFor("service", TaskId.OfService("web", 0, 1)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(65)]
    public void Count_OutOfRange_IsRefused(int count) => Assert.Throws<ArgumentOutOfRangeException>(() => new SchedulerShards(count));

    private static IEnumerable<string> Jobs() => Enumerable.Range(0, 1000).Select(number => $"job-{number}");
}
