using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using OrleansCluster.Grains.Storage;
using OrleansCluster.Grains.Storage.Sql;
using OrleansCluster.Grains.Storage.Sqlite;

namespace OrleansCluster.Tests.Store;

/// <summary>A database that fails: callers are told, nothing is half written, and the writer goes on.</summary>
public sealed class FailureTests : IDisposable
{
    private static readonly string _large = new('x', 100_000);

    private readonly TestDirectory _directory = new();
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().AddSingleton(TimeProvider.System).AddSingleton<StoreInstruments>().BuildServiceProvider();
    private readonly HookedDialect _dialect;

    public FailureTests() => _dialect = new HookedDialect(new SqliteDialect(new SqliteStoreOptions { Path = _directory.Database }));

    [Theory]
    [InlineData("PRAGMA max_page_count = 1", "full")]
    [InlineData("PRAGMA query_only = ON", "readonly")]
    public async Task Commit_DatabaseFails_TellsEveryCallerAndRecovers(string sabotage, string words)
    {
        OpenStore().Dispose();
        _dialect.OnOpenWriter = connection => Execute(connection, sabotage);
        using var store = OpenSabotaged();

        var commits = Enumerable.Range(0, 20).Select(i => store.Commit(Large($"k{i}"), default)).ToArray();
        foreach (var commit in commits)
        {
            var thrown = await Assert.ThrowsAsync<StoreUnavailableException>(() => commit);
            Assert.Contains(_directory.Database, thrown.Message);
            Assert.Contains(words, thrown.Message);
        }

        Assert.Empty((await store.ReadCluster(Rows.Cluster, default)).Nodes);
        _dialect.OnOpenWriter = _ => { };
        Assert.True((await store.Commit(Large("k0"), default)).IsCommitted);
        Assert.Equal(1, (await store.ReadState("task", "k0", default))?.ETag);
    }

    [Fact]
    public async Task Commit_ConnectionCannotBeOpenedAgain_FailsUntilItCan()
    {
        using var store = OpenStore();
        using (var beside = OpenBeside())
        {
            Execute(beside, "CREATE TRIGGER sabotage BEFORE INSERT ON grain_state BEGIN SELECT RAISE(ABORT, 'sabotage'); END");
            await Assert.ThrowsAsync<StoreUnavailableException>(() => store.Commit(Large("k0"), default));
            Execute(beside, "DROP TRIGGER sabotage");
        }

        _dialect.OnOpenWriter = _ => throw new IOException("the disk is gone");
        for (var i = 0; i < 3; i++)
            Assert.Contains("the disk is gone", (await Assert.ThrowsAsync<StoreUnavailableException>(() => store.Commit(Large("k0"), default))).Message);

        _dialect.OnOpenWriter = _ => { };
        Assert.True((await store.Commit(Large("k0"), default)).IsCommitted);
    }

    [Fact]
    public async Task Commit_FailsInTheLastWriteOfAUnit_LeavesNothingOfTheBatch()
    {
        using var store = OpenStore();
        using var beside = OpenBeside();
        Execute(beside, "CREATE TRIGGER sabotage BEFORE INSERT ON event BEGIN SELECT RAISE(ABORT, 'sabotage'); END");
        var unit = Large("k0") with { Events = [Rows.Event("t")], ClaimsAdded = [Rows.Claim("j.a.0", "n1")] };

        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.Commit(unit, default));

        var rows = await store.ReadCluster(Rows.Cluster, default);
        Assert.Empty(rows.Nodes);
        Assert.Empty(rows.Claims);
        Assert.Null(await store.ReadState("task", "k0", default));
        Execute(beside, "DROP TRIGGER sabotage");
        Assert.True((await store.Commit(unit, default)).IsCommitted);
    }

    [Fact]
    public async Task Read_DatabaseFails_IsStoreUnavailableAndRecovers()
    {
        using var store = OpenStore();
        using var beside = OpenBeside();
        Execute(beside, "ALTER TABLE grain_state RENAME TO hidden");

        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.ReadState("task", "k", default));

        Execute(beside, "ALTER TABLE hidden RENAME TO grain_state");
        Assert.Null(await store.ReadState("task", "k", default));
    }

    [Fact]
    public void OpenWriter_Always_SyncsAtEveryCommitToAWriteAheadLog()
    {
        using var store = OpenStore();
        using var connection = _dialect.OpenWriter();

        Assert.Equal("wal", Scalar(connection, "PRAGMA journal_mode"));
        Assert.Equal(2L, Scalar(connection, "PRAGMA synchronous"));
    }

    public void Dispose()
    {
        _services.Dispose();
        _directory.Dispose();
    }

    private SqlStore OpenStore() => SqlStore.Open(
        _dialect, new StoreLimits(), _services.GetRequiredService<StoreInstruments>(), TimeProvider.System, NullLogger<SqlStore>.Instance);

    /// <summary>Migrating writes too, so only the connections after the first are sabotaged.</summary>
    private SqlStore OpenSabotaged()
    {
        var sabotage = _dialect.OnOpenWriter;
        _dialect.OnOpenWriter = _ => _dialect.OnOpenWriter = sabotage;
        return OpenStore();
    }

    private SqliteConnection OpenBeside()
    {
        var connection = new SqliteConnection($"Data Source={_directory.Database};Pooling=false");
        connection.Open();
        return connection;
    }

    private static CommitUnit Large(string key) =>
        Rows.Unit with { Nodes = [Rows.Node(key, 0)], States = [Rows.State(key, 0, $"\"{_large}\"")] };

    private static void Execute(DbConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static object? Scalar(DbConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
