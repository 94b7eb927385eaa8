using OrleansCluster.Grains.Storage;

namespace OrleansCluster.Tests.Store.Postgres;

/// <summary>Several stores on one database, as several silos are.</summary>
public sealed class SharedDatabaseTests : IDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);

    private readonly PostgresSchema _schema = new();
    private readonly PostgresHouse[] _houses;

    public SharedDatabaseTests() => _houses = [.. Enumerable.Range(0, 3).Select(_ => new PostgresHouse(_schema))];

    [Fact]
    public async Task Commit_SameETagFromSeveralStores_ExactlyOneWinsEachTime()
    {
        for (var round = 0; round < 100; round++)
        {
            var results = await Task.WhenAll(_houses.Select((house, i) => house.Store.Commit(
                Rows.Unit with
                {
                    Nodes = [Rows.Node("n1", round, new Resources(i, 0, 0)), Rows.Node("n2", round, new Resources(i, 0, 0))],
                    ClaimsAdded = [Rows.Claim($"j.a.{round}", $"n{i}")],
                },
                default)));

            var winner = Array.FindIndex(results, result => result.IsCommitted);
            Assert.Single(results, result => result.IsCommitted);
            Assert.All(results.Where(result => !result.IsCommitted), result => Assert.Contains("node 'n1'", result.Conflict));
            var rows = await _houses[round % 3].Store.ReadCluster(Rows.Cluster, default);
            Assert.All(rows.Nodes, node => Assert.Equal((round + 1, winner), (node.ETag, node.Claimed.Cpu)));
            Assert.Equal($"n{winner}", rows.Claims.Single(row => row.Claim.TaskId == $"j.a.{round}").Claim.Node);
        }
    }

    [Fact]
    public async Task Commit_SameRowsInAnyOrder_NobodyFailsAndNoUpdateIsLost()
    {
        const int Callers = 8;
        const int Each = 40;
        string[] keys = ["a", "b", "c", "d"];

        await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(async () =>
        {
            var store = _houses[caller % _houses.Length].Store;
            var chance = new Random(caller);
            for (var done = 0; done < Each;)
            {
                var states = new List<StateWrite>();
                foreach (var key in chance.GetItems(keys, 3).Distinct())
                    states.Add(Rows.State(key, (await store.ReadState("task", key, default))?.ETag ?? 0));
                var counter = $"{caller}";
                var count = Rows.State(counter, (await store.ReadState("count", counter, default))?.ETag ?? 0, $"{states.Count}", kind: "count");
                var unit = Rows.Unit with { States = [.. states, count], Events = [.. states.Select(state => Rows.Event(state.Key))] };
                done += (await store.Commit(unit, default)).IsCommitted ? 1 : 0;
            }
        }))).WaitAsync(_patience);

        // Each write of a key came with one event of it.
        var events = await _houses[0].Store.ReadEvents(Rows.Cluster, 0, int.MaxValue, default);
        foreach (var key in keys)
            Assert.Equal(events.Count(row => row.Event.Subject == key), (await _houses[1].Store.ReadState("task", key, default))?.ETag);
        for (var caller = 0; caller < Callers; caller++)
            Assert.Equal(Each, (await _houses[2].Store.ReadState("count", $"{caller}", default))?.ETag);
    }

    [Fact]
    public async Task ReadEvents_WhileSeveralStoresAppend_NoneAppearsBehindTheReader()
    {
        const int Units = 150;
        using var done = new CancellationTokenSource();
        var readers = _houses.Select(house => Task.Run(() => Follow(house.Store, done.Token))).ToArray();

        // Units of their own size, so that transactions take unlike times.
        await Task.WhenAll(_houses.SelectMany((house, i) => Enumerable.Range(0, Units).Select(unit => house.Store.Commit(
            Rows.Unit with { States = [Rows.State($"{i}.{unit}", 0)], Events = [.. Enumerable.Range(0, 1 + (unit % 13)).Select(n => Rows.Event($"{i}.{unit}.{n}"))] },
            default)))).WaitAsync(_patience);
        var all = (await _houses[0].Store.ReadEvents(Rows.Cluster, 0, int.MaxValue, default)).Select(row => row.Sequence).ToArray();
        await done.CancelAsync();

        Assert.Equal(3 * Enumerable.Range(0, Units).Sum(unit => 1 + (unit % 13)), all.Length);
        foreach (var seen in await Task.WhenAll(readers))
            Assert.Equal(all, seen);
    }

    [Fact]
    public async Task WaitForEvents_EventOfAnotherStore_Wakes()
    {
        await _houses[0].Store.Commit(Rows.Unit with { Events = [Rows.Event("t1")] }, default);
        var after = await _houses[1].Store.LastEvent(Rows.Cluster, default);
        var waits = Enumerable.Range(0, 5).Select(_ => _houses[1].Store.WaitForEvents(Rows.Cluster, after, Timeout.InfiniteTimeSpan, default)).ToArray();

        await _houses[2].Store.Commit(Rows.Unit with { Events = [Rows.Event("t2")] }, default);

        await Task.WhenAll(waits).WaitAsync(_patience);
    }

    public void Dispose()
    {
        foreach (var house in _houses)
            house.Dispose();
        _schema.Dispose();
    }

    /// <summary>Reads on behind the last number it has seen, and once more after the end.</summary>
    private static async Task<long[]> Follow(ITransactionalStore store, CancellationToken done)
    {
        var seen = new List<long>();
        bool isLast;
        do
        {
            isLast = done.IsCancellationRequested;
            seen.AddRange((await store.ReadEvents(Rows.Cluster, seen.LastOrDefault(), 10_000, default)).Select(row => row.Sequence));
        }
        while (!isLast);

        return [.. seen];
    }
}
