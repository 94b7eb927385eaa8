using System.Collections.Immutable;
using OrleansCluster.Grains.Storage;

namespace OrleansCluster.Tests.Store;

/// <summary>Random units, many at a time: the database answers and holds what the store in memory does, which takes them one by one.</summary>
public abstract class ModelContract : IDisposable
{
    private const int Keys = 6;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task Commit_RandomUnitsInFlightTogether_AnswersAndHoldsWhatTheModelDoes(int seed)
    {
        var chance = new Random(seed);
        using var house = Open(new StoreLimits { BatchRows = chance.Next(1, 60) });
        var model = new InMemoryStore(TimeProvider.System);
        var conflicts = 0;
        for (var window = 0; window < 60; window++)
        {
            var units = new CommitUnit[chance.Next(1, 40)];
            var expected = new CommitResult[units.Length];
            for (var i = 0; i < units.Length; i++)
            {
                units[i] = await RandomUnit(chance, model);
                expected[i] = await model.Commit(units[i], default);
                conflicts += expected[i].IsCommitted ? 0 : 1;
            }

            Assert.Equal(expected, await Task.WhenAll(units.Select(unit => house.Store.Commit(unit, default))));
        }

        Assert.InRange(conflicts, 50, 60 * 40);
        await AssertSame(model, house.Store);
        house.Dispose();
        using var reopened = Open(new StoreLimits());
        await AssertSame(model, reopened.Store);
    }

    public abstract void Dispose();

    private protected abstract StoreHouse Open(StoreLimits limits);

    /// <summary>Mostly units that fit what is stored, and some with a stale ETag or a claim too many.</summary>
    private static async Task<CommitUnit> RandomUnit(Random chance, InMemoryStore model)
    {
        var rows = await model.ReadCluster(Rows.Cluster, default);
        var nodes = Some(chance).Select(i =>
            OddWithExtras(i, Rows.Node($"n{i}", Stale(chance) ?? rows.Nodes.FirstOrDefault(row => row.Node == $"n{i}")?.ETag ?? 0, new Resources(chance.Next(100), 0, 0))));
        var held = rows.Claims.Select(row => row.Claim.Id).ToHashSet();
        var claims = Some(chance).Where(i => held.Contains($"j.a.{i}#1") == (Stale(chance) is not null)).ToArray();
        var removed = Some(chance).Select(i => $"j.a.{i}#1").Where(id => held.Contains(id) != (Stale(chance) is not null));
        var states = new List<StateWrite>();
        foreach (var i in Some(chance))
        {
            var etag = Stale(chance) ?? (await model.ReadState("task", $"k{i}", default))?.ETag ?? 0;
            var index = new StateIndex(Rows.Cluster, $"p{chance.Next(2)}", $"S{chance.Next(2)}", chance.Next(2) == 0);
            states.Add(Rows.State($"k{i}", etag, chance.Next(4) == 0 ? null : $"{chance.Next()}", index));
        }

        return new CommitUnit
        {
            Cluster = Rows.Cluster,
            Nodes = [.. nodes],
            ClaimsAdded = [.. claims.Select(i => OddWithExtras(i, Rows.Claim($"j.a.{i}", $"n{chance.Next(Keys)}")))],
            ClaimsRemoved = [.. removed],
            States = [.. states],
            Events = [.. Some(chance).Select(i => Rows.Event($"{i}"))],
        };
    }

    private static NodeWrite OddWithExtras(int number, NodeWrite write) => number % 2 == 0 ? write : Rows.WithExtras(write);

    private static ClaimRow OddWithExtras(int number, ClaimRow row) => number % 2 == 0 ? row : Rows.WithExtras(row);

    private static int[] Some(Random chance) => [.. Enumerable.Range(0, Keys).Where(_ => chance.Next(4) == 0)];

    private static long? Stale(Random chance) => chance.Next(25) == 0 ? chance.Next(4) : null;

    private static async Task AssertSame(ITransactionalStore model, ITransactionalStore store)
    {
        Assert.Equivalent(await model.ReadCluster(Rows.Cluster, default), await store.ReadCluster(Rows.Cluster, default), strict: true);
        Assert.Equal(
            (await model.ReadEvents(Rows.Cluster, 0, int.MaxValue, default)).Select(row => row.Event),
            (await store.ReadEvents(Rows.Cluster, 0, int.MaxValue, default)).Select(row => row.Event));
        foreach (var parent in (string?[])[null, "p0", "p1"])
        {
            foreach (var status in (string?[])[null, "S0", "S1"])
            {
                foreach (var live in (bool?[])[null, true, false])
                {
                    var query = new StateQuery { Kind = "task", Cluster = Rows.Cluster, Parent = parent, Status = status, IsLive = live };
                    ImmutableArray<StateRow> expected = await model.ListStates(query, default);
                    Assert.Equal(expected, await store.ListStates(query, default));
                }
            }
        }
    }
}
