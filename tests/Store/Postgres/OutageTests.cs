using OrleansCluster.Grains.Storage;

namespace OrleansCluster.Tests.Store.Postgres;

/// <summary>A server that goes away and comes back, in order or not: what was acknowledged is there, and the store goes on by itself.</summary>
public sealed class OutageTests : IDisposable
{
    private readonly PostgresServer _server = new();
    private readonly PostgresHouse _house;

    public OutageTests() =>
        _house = new PostgresHouse(new PostgresStoreOptions { ConnectionString = _server.ConnectionString, MigratesSchema = true });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Commit_ServerEndsUnderLoad_AllAcknowledgedIsThereAndTheStoreGoesOn(bool killed)
    {
        using var load = new Counters(_house.Store, 16);
        await load.Gain(20);

        if (killed)
            _server.Kill();
        else
            _server.Stop();
        await load.Fails();
        _server.Start();
        await load.Gain(20);

        await load.Stop();
        Assert.Empty(await load.Lost());
    }

    [Fact]
    public async Task Commit_ServerIsAway_FailsSoonAndWritesNothingLater()
    {
        await _house.Store.Commit(Rows.Unit with { States = [Rows.State("k", 0)] }, default);
        _server.Stop();

        for (var i = 0; i < 5; i++)
            await Assert.ThrowsAsync<StoreUnavailableException>(() => _house.Store.Commit(Rows.Unit with { States = [Rows.State("k", 1)] }, default));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => _house.Store.ReadState("task", "k", default));

        _server.Start();
        Assert.Equal(1, (await _house.Store.ReadState("task", "k", default))?.ETag);
        Assert.True((await _house.Store.Commit(Rows.Unit with { States = [Rows.State("k", 1)] }, default)).IsCommitted);
    }

    [Fact]
    public async Task Read_ServerWasAwayMeanwhile_IsNotNoticed()
    {
        await _house.Store.Commit(Rows.Unit with { States = [Rows.State("k", 0)] }, default);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => _house.Store.ReadState("task", "k", default)));

        _server.Stop();
        _server.Start();

        Assert.All(await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => _house.Store.ReadState("task", "k", default))), row => Assert.Equal(1, row?.ETag));
    }

    [Fact]
    public void Open_NoServer_SaysWhichOne()
    {
        _server.Stop();
        using var house = new PostgresHouse(new PostgresStoreOptions { ConnectionString = _server.ConnectionString });

        Assert.Contains("PostgreSQL database postgres on /", Assert.Throws<StoreUnavailableException>(() => house.Store).Message);
    }

    public void Dispose()
    {
        _house.Dispose();
        _server.Dispose();
    }
}
