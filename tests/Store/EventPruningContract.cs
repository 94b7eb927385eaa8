using OrleansCluster.Grains.Storage;

namespace OrleansCluster.Tests.Store;

/// <summary>The event table stays near its limit, and what it loses are its oldest.</summary>
public abstract class EventPruningContract : IDisposable
{
    private const int Slack = 1000;
    private const int UnitSize = 100;

    [Fact]
    public async Task Commit_MoreEventsThanAreKept_KeepsTheNewest()
    {
        using var house = Open(new StoreLimits { KeptEvents = 50 });

        await Write(house, units: 50);

        var events = await house.Store.ReadEvents(Rows.Cluster, 0, int.MaxValue, default);
        Assert.InRange(events.Length, 50, 50 + Slack + UnitSize);
        Assert.Equal(Enumerable.Range(5000 - events.Length, events.Length).Select(i => $"{i}"), events.Select(row => row.Event.Subject));
        Assert.Equal(events[^1].Sequence, await house.Store.LastEvent(Rows.Cluster, default));
    }

    [Fact]
    public async Task Commit_FewerEventsThanAreKept_KeepsAll()
    {
        using var house = Open(new StoreLimits { KeptEvents = 5000 });

        await Write(house, units: 50);

        Assert.Equal(5000, (await house.Store.ReadEvents(Rows.Cluster, 0, int.MaxValue, default)).Length);
    }

    [Fact]
    public async Task Commit_LimitWasLowered_ShrinksStepByStepAndSequencesGrowOn()
    {
        long last;
        using (var house = Open(new StoreLimits()))
        {
            await Write(house, units: 100);
            last = await house.Store.LastEvent(Rows.Cluster, default);
        }

        using var lowered = Open(new StoreLimits { KeptEvents = 1 });
        await Write(lowered, units: 1);
        Assert.Equal(10_000 + UnitSize - (2 * Slack), (await lowered.Store.ReadEvents(Rows.Cluster, 0, int.MaxValue, default)).Length);
        await Write(lowered, units: 10);

        var events = await lowered.Store.ReadEvents(Rows.Cluster, 0, int.MaxValue, default);
        Assert.InRange(events.Length, 1, 1 + Slack + UnitSize);
        Assert.True(events[^1].Sequence > last);
    }

    public abstract void Dispose();

    private protected abstract StoreHouse Open(StoreLimits limits);

    private static async Task Write(StoreHouse house, int units)
    {
        for (var unit = 0; unit < units; unit++)
        {
            var events = Enumerable.Range(unit * UnitSize, UnitSize).Select(i => Rows.Event($"{i}"));
            Assert.True((await house.Store.Commit(Rows.Unit with { Events = [.. events] }, default)).IsCommitted);
        }
    }
}
