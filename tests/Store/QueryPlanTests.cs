using Dapper;
using OrleansCluster.Grains.Storage;
using OrleansCluster.Grains.Storage.Sql;

namespace OrleansCluster.Tests.Store;

/// <summary>Every listing reads an index in the order of its answer: it costs what it answers, however many states there are.</summary>
public sealed class QueryPlanTests : IDisposable
{
    private readonly TestDirectory _directory = new();

    [Theory]
    [InlineData(null, null, null, "grain_state_by_cluster")]
    [InlineData("p", null, null, "grain_state_by_parent")]
    [InlineData(null, "s", null, "grain_state_by_status")]
    [InlineData(null, null, true, "grain_state_live")]
    public void ListStates_ByEachIndex_SearchesItWithoutSorting(string? parent, string? status, bool? live, string index)
    {
        using var house = new SqliteHouse(_directory.Database);
        using var connection = house.OpenBeside();
        var query = new StateQuery { Kind = "task", Cluster = Rows.Cluster, Parent = parent, Status = status, IsLive = live, AfterKey = "k" };

        var plan = string.Join("; ", connection.Query("EXPLAIN QUERY PLAN " + ReaderSession.ListingSql(query), query).Select(row => (string)row.detail));

        Assert.StartsWith($"SEARCH grain_state USING INDEX {index} (", plan);
        Assert.Contains("key>?", plan);
        Assert.DoesNotContain("TEMP B-TREE", plan);
    }

    public void Dispose() => _directory.Dispose();
}
