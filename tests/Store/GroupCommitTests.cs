using Microsoft.Data.Sqlite;
using OrleansCluster.Grains.Storage;

namespace OrleansCluster.Tests.Store;

/// <summary>How units share transactions, and what happens when too many wait.</summary>
public sealed class GroupCommitTests : IDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);

    private readonly TestDirectory _directory = new();

    [Fact]
    public async Task Commit_ManyUnitsWait_ShareATransaction()
    {
        using var house = new SqliteHouse(_directory.Database);
        Task<CommitResult>[] commits;
        using (HoldTheFile(house))
            commits = Start(house, 500);

        Assert.All(await Task.WhenAll(commits).WaitAsync(_patience), result => Assert.True(result.IsCommitted));

        // One may have left alone before the others came; all others fit into one batch.
        Assert.Equal(500, house.Meters["ocs.store.units"]);
        Assert.InRange(house.Meters["ocs.store.transactions"], 1, 2);
    }

    [Fact]
    public async Task Commit_MoreRowsThanABatch_TakesSeveralTransactions()
    {
        using var house = new SqliteHouse(_directory.Database, new StoreLimits { BatchRows = 20 });
        Task<CommitResult>[] commits;
        using (HoldTheFile(house))
            commits = Start(house, 500);

        await Task.WhenAll(commits).WaitAsync(_patience);

        // A unit of one state counts as two rows.
        Assert.InRange(house.Meters["ocs.store.transactions"], 500 * 2 / 20, 500);
    }

    [Fact]
    public async Task Commit_QueueFull_WaitsAndCanBeCancelledMeanwhile()
    {
        using var house = new SqliteHouse(_directory.Database, new StoreLimits { QueuedUnits = 2, BatchRows = 1 });
        using var cancel = new CancellationTokenSource();
        Task<CommitResult>[] before;
        Task<CommitResult>[] after;
        Task<CommitResult> cancelled;
        using (HoldTheFile(house))
        {
            // At most one is being written and two are queued: the others wait for room.
            before = Start(house, 6);
            cancelled = house.Store.Commit(Rows.Unit with { States = [Rows.State("cancelled", 0)] }, cancel.Token);
            after = Start(house, 5, from: 6);
            await cancel.CancelAsync();

            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled.WaitAsync(_patience));
            Assert.All(before.Concat(after), commit => Assert.False(commit.IsCompleted));
        }

        Assert.All(await Task.WhenAll(before.Concat(after)).WaitAsync(_patience), result => Assert.True(result.IsCommitted));
        Assert.Null(await house.Store.ReadState("task", "cancelled", default));
    }

    [Fact]
    public async Task Commit_CancelledInTheQueue_IsNotWritten()
    {
        using var house = new SqliteHouse(_directory.Database, new StoreLimits { BatchRows = 1 });
        using var cancel = new CancellationTokenSource();
        Task<CommitResult>[] others;
        Task<CommitResult> cancelled;
        using (HoldTheFile(house))
        {
            others = Start(house, 3);
            cancelled = house.Store.Commit(Rows.Unit with { States = [Rows.State("cancelled", 0)] }, cancel.Token);
            await cancel.CancelAsync();
        }

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled.WaitAsync(_patience));
        Assert.All(await Task.WhenAll(others), result => Assert.True(result.IsCommitted));
        Assert.Null(await house.Store.ReadState("task", "cancelled", default));
    }

    [Fact]
    public async Task Read_WriterIsHeldUp_AnswersWhatIsCommitted()
    {
        using var house = new SqliteHouse(_directory.Database);
        await house.Store.Commit(Rows.Unit with { States = [Rows.State("k0", 0, "1")], Nodes = [Rows.Node("n1", 0)] }, default);
        Task<CommitResult> commit;
        using (HoldTheFile(house))
        {
            commit = house.Store.Commit(Rows.Unit with { States = [Rows.State("k0", 1, "2")] }, default);

            Assert.Equal("1", (await house.Store.ReadState("task", "k0", default).WaitAsync(_patience))?.Json);
            Assert.Single((await house.Store.ReadCluster(Rows.Cluster, default).WaitAsync(_patience)).Nodes);
            Assert.False(commit.IsCompleted);
        }

        Assert.True((await commit.WaitAsync(_patience)).IsCommitted);
    }

    [Fact]
    public async Task Commit_ReaderAmidALongRead_IsNotHeldUp()
    {
        using var house = new SqliteHouse(_directory.Database);
        await house.Store.Commit(Rows.Unit with { States = [Rows.State("k", 0, "1")] }, default);
        using var reader = house.OpenBeside();
        using var moment = reader.BeginTransaction(deferred: true);
        Assert.Equal("1", Scalar(reader, "SELECT json FROM grain_state"));

        Assert.True((await house.Store.Commit(Rows.Unit with { States = [Rows.State("k", 1, "2")] }, default).WaitAsync(_patience)).IsCommitted);

        Assert.Equal("1", Scalar(reader, "SELECT json FROM grain_state"));
    }

    [Fact]
    public async Task Commit_ManyCallersThatRetryConflicts_LoseNoUpdate()
    {
        const int Callers = 8;
        const int Each = 50;
        using var house = new SqliteHouse(_directory.Database);

        await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Run(async () =>
        {
            for (var done = 0; done < Each;)
            {
                var etag = (await house.Store.ReadState("task", "k", default))?.ETag ?? 0;
                done += (await house.Store.Commit(Rows.Unit with { States = [Rows.State("k", etag)] }, default)).IsCommitted ? 1 : 0;
            }
        }))).WaitAsync(_patience);

        Assert.Equal(Callers * Each, (await house.Store.ReadState("task", "k", default))?.ETag);
    }

    public void Dispose() => _directory.Dispose();

    /// <summary>Takes the database's write lock: the writer waits until it is given back.</summary>
    private static SqliteConnection HoldTheFile(SqliteHouse house)
    {
        var connection = house.OpenBeside();
        connection.BeginTransaction(deferred: false);
        return connection;
    }

    private static Task<CommitResult>[] Start(SqliteHouse house, int units, int from = 0) =>
        [.. Enumerable.Range(from, units).Select(i => house.Store.Commit(Rows.Unit with { States = [Rows.State($"k{i}", 0)] }, default))];

    private static object? Scalar(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
