using Microsoft.Extensions.DependencyInjection;
using OrleansCluster.Grains.Storage;

namespace OrleansCluster.Tests.Store.Postgres;

/// <summary>Which schemas a store opens on, and how they come about.</summary>
public sealed class MigrationTests : IDisposable
{
    private readonly PostgresSchema _schema = new();

    [Fact]
    public void Open_SchemaNotMigrated_IsRefusedWithTheWayToMigrate()
    {
        using var house = new PostgresHouse(Options());

        var message = Assert.Throws<InvalidOperationException>(() => house.Store).Message;

        Assert.Contains("has schema version 0", message);
        Assert.Contains("--migrate true", message);
        Assert.Contains("001-store.sql", message);
        Assert.Equal(0L, _schema.Scalar("SELECT count(*) FROM pg_tables WHERE schemaname = current_schema()"));
    }

    [Fact]
    public async Task Open_FilesAppliedByHand_IsTheSchemaItKnows()
    {
        foreach (var file in Files())
            _schema.Execute(File.ReadAllText(file));

        using var house = new PostgresHouse(Options());
        Assert.True((await house.Store.Commit(Rows.Unit with { States = [Rows.State("k", 0)] }, default)).IsCommitted);
    }

    [Fact]
    public async Task Migrate_FilesAppliedAgain_LoseNothing()
    {
        using var house = new PostgresHouse(_schema);
        await house.Store.Commit(Rows.Unit with { States = [Rows.State("k", 0)], Events = [Rows.Event("t")] }, default);

        foreach (var file in Files())
            _schema.Execute(File.ReadAllText(file));

        Assert.Equal(1, (await house.Store.ReadState("task", "k", default))?.ETag);
        Assert.Equal(StoreMigrator.KnownVersion, StoreMigrator.Check(Options()));
    }

    [Fact]
    public async Task Migrate_SchemaWithoutGroups_GivesEachClaimThatOfItsFamily()
    {
        foreach (var file in Files().Take(2))
            _schema.Execute(File.ReadAllText(file));
        _schema.Execute("INSERT INTO claim VALUES ('default', 'j.a.0#1', 'n1', 'j.a.0', 1, 1, 1, 0, '[]', 'web:12', 'default', 'batch/1')");

        Assert.Contains("003-groups.sql", Assert.Throws<InvalidOperationException>(() => StoreMigrator.Check(Options())).Message);
        StoreMigrator.Migrate(Options());
        using var house = new PostgresHouse(Options());

        Assert.Equal("family:web", (await house.Store.ReadCluster("default", default)).Claims.Single().Claim.Group);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void Open_DatabaseThatMayNotBeShared_IsRefused(bool firstIsExclusive, bool secondIsExclusive)
    {
        StoreMigrator.Migrate(Options());
        using (var first = new PostgresHouse(Options() with { IsExclusive = firstIsExclusive }))
        {
            Assert.NotNull(first.Store);
            using var refused = new PostgresHouse(Options() with { IsExclusive = secondIsExclusive });
            Assert.Contains("in use by another silo", Assert.Throws<InvalidOperationException>(() => refused.Store).Message);
        }

        using var second = new PostgresHouse(Options() with { IsExclusive = secondIsExclusive });
        Assert.NotNull(second.Store);
    }

    [Fact]
    public void Open_SharedDatabase_TakesSeveral()
    {
        StoreMigrator.Migrate(Options());
        using var first = new PostgresHouse(Options());
        using var second = new PostgresHouse(Options());

        Assert.NotSame(first.Store, second.Store);
    }

    [Fact]
    public async Task Migrate_SeveralAtOnce_OneDoesAndAllOpen()
    {
        var versions = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => StoreMigrator.Migrate(Options()))));

        Assert.All(versions, version => Assert.Equal(StoreMigrator.KnownVersion, version));
        Assert.Equal((long)StoreMigrator.KnownVersion, _schema.Scalar("SELECT count(*) FROM schema_version"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Open_NewerSchema_IsRefused(bool migrates)
    {
        StoreMigrator.Migrate(Options());
        _schema.Execute("INSERT INTO schema_version (version) VALUES (99)");
        using var house = new PostgresHouse(Options() with { MigratesSchema = migrates });

        var message = Assert.Throws<InvalidOperationException>(() => house.Store).Message;

        Assert.Contains("version 99", message);
        Assert.Contains($"up to {StoreMigrator.KnownVersion}", message);
    }

    [Theory]
    [InlineData("", 15, 250)]
    [InlineData("Host=h", 15, 250)]
    [InlineData("Database=d", 15, 250)]
    [InlineData("Host=h;Database=d;Color=red", 15, 250)]
    [InlineData("Host=h;Database=d", 0, 250)]
    [InlineData("Host=h;Database=d", 15, 0)]
    public void AddClusterStore_OptionsOutOfBounds_AreRefused(string connection, int commandSeconds, int pollingMilliseconds)
    {
        var options = new PostgresStoreOptions
        {
            ConnectionString = connection,
            CommandTimeout = TimeSpan.FromSeconds(commandSeconds),
            EventPolling = TimeSpan.FromMilliseconds(pollingMilliseconds),
        };

        Assert.ThrowsAny<ArgumentException>(() => new ServiceCollection().AddClusterStore(options));
    }

    public void Dispose() => _schema.Dispose();

    private static IEnumerable<string> Files() =>
        Directory.GetFiles(Path.Combine(PostgresServer.Root(), "infra", "postgres"), "*.sql").Order(StringComparer.Ordinal);

    private PostgresStoreOptions Options() => new() { ConnectionString = _schema.ConnectionString };
}
