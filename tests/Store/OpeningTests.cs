using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OrleansCluster.Grains.Storage;
using OrleansCluster.Grains.Storage.Sqlite;

namespace OrleansCluster.Tests.Store;

/// <summary>Opening, closing, and who may.</summary>
public sealed class OpeningTests : IDisposable
{
    private static readonly int _newest = SqliteSchema.Migrations.Length;

    private readonly TestDirectory _directory = new();

    [Fact]
    public async Task Open_AfterAClose_FindsWhatWasWrittenAndAnEmptyLog()
    {
        using (var house = new SqliteHouse(_directory.Database))
            await house.Store.Commit(Rows.Unit with { States = [Rows.State("k", 0)], Events = [Rows.Event("t")] }, default);

        Assert.False(File.Exists(_directory.Database + "-wal"));
        using var again = new SqliteHouse(_directory.Database);
        Assert.Equal(1, (await again.Store.ReadState("task", "k", default))?.ETag);
        await again.Store.WaitForEvents(Rows.Cluster, 0, Timeout.InfiniteTimeSpan, default).WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Dispose_UnitsWait_WritesThemFirst()
    {
        Task<CommitResult>[] commits;
        using (var house = new SqliteHouse(_directory.Database))
            commits = [.. Enumerable.Range(0, 200).Select(i => house.Store.Commit(Rows.Unit with { States = [Rows.State($"k{i}", 0)] }, default))];

        Assert.All(await Task.WhenAll(commits), result => Assert.True(result.IsCommitted));
    }

    [Fact]
    public async Task Commit_AfterDispose_SaysThatTheStoreIsClosed()
    {
        var house = new SqliteHouse(_directory.Database);
        var store = house.Store;
        house.Dispose();

        Assert.Contains("closed", (await Assert.ThrowsAsync<StoreUnavailableException>(() => store.Commit(Rows.Unit, default))).Message);
        Assert.Contains("closed", (await Assert.ThrowsAsync<StoreUnavailableException>(() => store.ReadState("task", "k", default))).Message);
    }

    [Fact]
    public void Open_FileInUse_IsRefusedWithTheFileAndItsHolder()
    {
        using var first = new SqliteHouse(_directory.Database);
        _ = first.Store;
        using var second = new SqliteHouse(_directory.Database);

        var thrown = Assert.Throws<InvalidOperationException>(() => second.Store);

        Assert.Contains(_directory.Database, thrown.Message);
        Assert.Contains($"process {Environment.ProcessId} on {Environment.MachineName}", thrown.Message);
    }

    [Fact]
    public void Open_NewerSchema_IsRefusedAndTheFileSetFree()
    {
        using (var house = new SqliteHouse(_directory.Database))
            _ = house.Store;
        SetVersion(99);
        using (var house = new SqliteHouse(_directory.Database))
        {
            var message = Assert.Throws<InvalidOperationException>(() => house.Store).Message;
            Assert.Contains(_directory.Database, message);
            Assert.Contains("version 99", message);
            Assert.Contains($"up to {_newest}", message);
        }

        SetVersion(_newest);
        using var again = new SqliteHouse(_directory.Database);
        Assert.NotNull(again.Store);
    }

    [Fact]
    public void Open_FileThatIsNoDatabase_IsRefusedAndLeftAsItIs()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_directory.Database)!);
        File.WriteAllText(_directory.Database, string.Join("\n", Enumerable.Repeat("no database", 100)));
        using var house = new SqliteHouse(_directory.Database);

        var message = Assert.Throws<StoreUnavailableException>(() => house.Store).Message;

        Assert.Contains(_directory.Database, message);
        Assert.Contains("not a database", message);
        Assert.StartsWith("no database", File.ReadAllText(_directory.Database));
    }

    [Fact]
    public async Task AddClusterStore_HostStarts_OpensTheStoreFirst()
    {
        await using var services = new ServiceCollection()
            .AddSingleton(TimeProvider.System)
            .AddClusterStore(new SqliteStoreOptions { Path = _directory.Database })
            .BuildServiceProvider();
        Assert.False(File.Exists(_directory.Database));

        foreach (var hosted in services.GetServices<IHostedService>())
            await hosted.StartAsync(default);

        Assert.True(File.Exists(_directory.Database));
    }

    [Theory]
    [InlineData(" ", 5)]
    [InlineData("x.db", 0)]
    public void AddClusterStore_OptionsOutOfBounds_AreRefused(string path, int busySeconds)
    {
        var options = new SqliteStoreOptions { Path = path, BusyTimeout = TimeSpan.FromSeconds(busySeconds) };

        Assert.ThrowsAny<ArgumentException>(() => new ServiceCollection().AddClusterStore(options));
    }

    public void Dispose() => _directory.Dispose();

    private void SetVersion(int version)
    {
        using var connection = new SqliteConnection($"Data Source={_directory.Database};Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"UPDATE schema_version SET version = {version}";
        Assert.Equal(1, command.ExecuteNonQuery());
    }
}
