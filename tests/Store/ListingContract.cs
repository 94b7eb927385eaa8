using System.Collections.Immutable;
using OrleansCluster.Grains.Storage;

namespace OrleansCluster.Tests.Store;

/// <summary>What every store promises of listings.</summary>
public abstract class ListingContract : StoreContract
{
    private static readonly StateQuery _tasks = new() { Kind = "task", Cluster = Rows.Cluster };

    [Fact]
    public async Task ListStates_ByEachIndexAndAllTogether_ListsWhatMatchesInOrderOfKeys()
    {
        await WriteSome();

        Assert.Equal(["a", "b", "c", "d"], await Keys(_tasks));
        Assert.Equal(["a", "c"], await Keys(_tasks with { Parent = "j1" }));
        Assert.Equal(["c", "d"], await Keys(_tasks with { Status = "STOPPED" }));
        Assert.Equal(["a", "b"], await Keys(_tasks with { IsLive = true }));
        Assert.Equal(["c", "d"], await Keys(_tasks with { IsLive = false }));
        Assert.Equal(["c"], await Keys(_tasks with { Parent = "j1", Status = "STOPPED", IsLive = false }));
        Assert.Equal(["d"], await Keys(_tasks with { Parent = "" }));
        Assert.Equal(["x"], await Keys(_tasks with { Cluster = "other" }));
        Assert.Equal(["a"], await Keys(_tasks with { Kind = "job" }));
        Assert.Empty(await Keys(_tasks with { Kind = "none" }));
    }

    [Fact]
    public async Task ListStates_RowsCarryEverything()
    {
        await WriteSome();

        var row = Assert.Single(await Store.ListStates(_tasks with { Parent = "j1", IsLive = true }, Never));

        Assert.Equal(new StateRow("task", "a", 1, new StateIndex(Rows.Cluster, "j1", "RUNNING", true), "{}"), row);
    }

    [Fact]
    public async Task ListStates_AfterAWriteThatMovesTheIndex_FollowsIt()
    {
        await WriteSome();

        await Committed(Rows.Unit with { States = [Rows.State("a", 1, "{}", new StateIndex(Rows.Cluster, "j1", "STOPPED", false))] });

        Assert.Equal(["b"], await Keys(_tasks with { IsLive = true }));
        Assert.Equal(["a", "c", "d"], await Keys(_tasks with { Status = "STOPPED" }));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(50)]
    [InlineData(51)]
    public async Task ListStates_PageByPage_ListsEachOnce(int limit)
    {
        string[] expected = [.. Enumerable.Range(0, 50).Select(i => $"k{i}").Order(StringComparer.Ordinal)];
        await Committed(Rows.Unit with { States = [.. expected.Select(key => Rows.State(key, 0, "{}", new StateIndex(Rows.Cluster, "j", "RUNNING", true)))] });

        var listed = new List<string>();
        ImmutableArray<string> page;
        do
        {
            page = await Keys(_tasks with { Parent = "j", IsLive = true, Limit = limit, AfterKey = listed.LastOrDefault() });
            Assert.True(page.Length <= limit);
            listed.AddRange(page);
        }
        while (page.Length > 0);

        Assert.Equal(expected, listed);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(StateQuery.LargestLimit + 1)]
    public async Task ListStates_LimitOutOfBounds_IsRefused(int limit)
    {
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Store.ListStates(_tasks with { Limit = limit }, Never));
    }

    private Task WriteSome() => Committed(Rows.Unit with
    {
        States =
        [
            Rows.State("d", 0, "{}", new StateIndex(Rows.Cluster, "", "STOPPED", false)),
            Rows.State("b", 0, "{}", new StateIndex(Rows.Cluster, "j2", "RUNNING", true)),
            Rows.State("a", 0, "{}", new StateIndex(Rows.Cluster, "j1", "RUNNING", true)),
            Rows.State("c", 0, "{}", new StateIndex(Rows.Cluster, "j1", "STOPPED", false)),
            Rows.State("x", 0, "{}", new StateIndex("other", "j1", "RUNNING", true)),
            Rows.State("a", 0, "{}", new StateIndex(Rows.Cluster, "j1", "RUNNING", true), kind: "job"),
            Rows.State("none", 0),
        ],
    });
}
