using System.Globalization;
using Npgsql;
using OrleansCluster.Grains.Storage;

namespace OrleansCluster.Tests.Store.Postgres;

/// <summary>Connections lost amid a commit: the caller is told that it is uncertain, and re-reading tells which it was.</summary>
public sealed class UncertainWriteTests : IDisposable
{
    private readonly PostgresSchema _schema = new();
    private readonly string _name = $"uncertain-{Guid.NewGuid():N}";

    [Fact]
    public async Task Commit_ConnectionEndedBeforeItLanded_ThrowsAndNothingIsThere()
    {
        using var house = new PostgresHouse(Options(_schema.ConnectionString));
        await house.Store.Commit(Rows.Unit with { States = [Rows.State("k", 0)] }, default);
        Task<CommitResult> commit;
        using (var beside = _schema.Open())
        {
            // Appending events has to wait for this, with the rows already written.
            using var transaction = beside.BeginTransaction();
            Execute(beside, "LOCK TABLE event IN SHARE MODE");
            commit = house.Store.Commit(Rows.Unit with { States = [Rows.State("k", 1)], Events = [Rows.Event("t")] }, default);
            await IsWaiting();
            Execute(beside, $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = '{_name}/ocs-store-writer'");
            await Assert.ThrowsAsync<StoreUnavailableException>(() => commit);
        }

        Assert.Equal(1, (await house.Store.ReadState("task", "k", default))?.ETag);
        Assert.Equal(0, await house.Store.LastEvent(Rows.Cluster, default));
        Assert.True((await house.Store.Commit(Rows.Unit with { States = [Rows.State("k", 1)] }, default)).IsCommitted);
    }

    [Fact]
    public async Task Commit_ConnectionLostAfterItLanded_ThrowsAndReReadingTells()
    {
        using var way = new LossyWay(new NpgsqlConnectionStringBuilder(_schema.ConnectionString));
        using var house = new PostgresHouse(Options(way.ConnectionString));
        await house.Store.Commit(Rows.Unit with { States = [Rows.State("k", 0)] }, default);

        way.SwallowAnswersTo("COMMIT");
        var commit = house.Store.Commit(Rows.Unit with { States = [Rows.State("k", 1)], Events = [Rows.Event("t")] }, default);
        await Eventually.True(() => _schema.Scalar("SELECT etag FROM grain_state") is 2L, "the write has landed");
        Assert.False(commit.IsCompleted);
        way.Cut();

        await Assert.ThrowsAsync<StoreUnavailableException>(() => commit);
        Assert.Equal(2, (await house.Store.ReadState("task", "k", default))?.ETag);
        Assert.Single(await house.Store.ReadEvents(Rows.Cluster, 0, 10, default));
        var again = await house.Store.Commit(Rows.Unit with { States = [Rows.State("k", 1)], Events = [Rows.Event("t")] }, default);
        Assert.Equal("state 'task' of 'k' is not at ETag 1", again.Conflict);
        Assert.Single(await house.Store.ReadEvents(Rows.Cluster, 0, 10, default));
    }

    [Fact]
    public async Task Commit_NoAnswerInTime_Throws()
    {
        using var house = new PostgresHouse(Options(_schema.ConnectionString) with { CommandTimeout = TimeSpan.FromSeconds(1) });
        await house.Store.Commit(Rows.Unit with { States = [Rows.State("k", 0)] }, default);
        using (var beside = _schema.Open())
        {
            using var transaction = beside.BeginTransaction();
            Execute(beside, "SELECT 1 FROM grain_state FOR UPDATE");
            await Assert.ThrowsAsync<StoreUnavailableException>(() => house.Store.Commit(Rows.Unit with { States = [Rows.State("k", 1)] }, default));
        }

        Assert.True((await house.Store.Commit(Rows.Unit with { States = [Rows.State("k", 1)] }, default)).IsCommitted);
    }

    [Fact]
    public async Task Commit_ChosenToEndADeadlock_IsWrittenAllTheSame()
    {
        // The store looks for a deadlock after a while, the other never: the store is the one to be ended.
        using var house = new PostgresHouse(Options($"{_schema.ConnectionString};Options=-c deadlock_timeout=3s"));
        await house.Store.Commit(Rows.Unit with { Nodes = [Rows.Node("n1", 0), Rows.Node("n2", 0)] }, default);
        using var beside = _schema.Open();
        using var transaction = beside.BeginTransaction();
        Execute(beside, "SET deadlock_timeout = '1h'");
        Execute(beside, "SELECT 1 FROM node WHERE node = 'n2' FOR UPDATE");
        var commit = house.Store.Commit(Rows.Unit with { Nodes = [Rows.Node("n1", 1), Rows.Node("n2", 1)] }, default);
        await IsWaiting();

        Execute(beside, "SELECT 1 FROM node WHERE node = 'n1' FOR UPDATE");
        transaction.Commit();

        Assert.True((await commit).IsCommitted);
        Assert.Equal(0, house.Meters["ocs.store.failures"]);
    }

    public void Dispose() => _schema.Dispose();

    private PostgresStoreOptions Options(string connection) =>
        new() { ConnectionString = $"{connection};Application Name={_name}", MigratesSchema = true };

    private Task IsWaiting() => Eventually.True(
        () => Convert.ToInt32(
            _schema.Scalar(
                $"SELECT count(*) FROM pg_stat_activity WHERE application_name = '{_name}/ocs-store-writer' AND wait_event_type = 'Lock'"),
            CultureInfo.InvariantCulture) == 1,
        "the store's writer waits for a lock");

    private static void Execute(NpgsqlConnection connection, string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }
}
