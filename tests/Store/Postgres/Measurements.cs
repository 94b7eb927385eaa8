using OrleansCluster.Grains.Storage;

namespace OrleansCluster.Tests.Store.Postgres;

/// <summary>Figures, not tests: run with <c>-explicit only</c>. The bare writes are the same rows in as large transactions, checked by nobody.</summary>
public sealed class Measurements(ITestOutputHelper output)
{
    private const int Claims = 40_000;

    [Theory(Explicit = true)]
    [InlineData(1)]
    [InlineData(64)]
    public async Task Claims_OneWriter(int each)
    {
        using var directory = new TestDirectory();
        using (var sqlite = new SqliteHouse(directory.Database))
            Say($"SQLite, units of {each}", await new ClaimLoad("s", Claims / each, each).Run(sqlite.Store));
        using var schema = new PostgresSchema();
        using var house = new PostgresHouse(schema);
        await new ClaimLoad("warm", Claims / 8, 1).Run(house.Store);
        Say($"store on PostgreSQL, units of {each}", await new ClaimLoad("p", Claims / each, each).Run(house.Store));
        output.WriteLine($"  transactions: {house.Meters["ocs.store.transactions"]}");
        using var bare = new PostgresSchema();
        StoreMigratorOf(bare);
        Say($"bare PostgreSQL, transactions of {1024 / each} units", BareWriter.Run(bare, new ClaimLoad("b", Claims / each, each), Claims / each, 1024 / each, locks: false));
    }

    [Fact(Explicit = true)]
    public async Task Claims_ThreeWriters()
    {
        using var schema = new PostgresSchema();
        var houses = Enumerable.Range(0, 3).Select(_ => new PostgresHouse(schema)).ToArray();
        await new ClaimLoad("warm", Claims / 8, 1).Run(houses[0].Store);
        var rates = await Task.WhenAll(houses.Select((house, i) => new ClaimLoad($"w{i}", Claims / 2, 1).Run(house.Store)));
        Say("three stores on one database", rates.Sum());
        foreach (var house in houses)
            house.Dispose();
        foreach (var locks in (bool[])[true, false, true, false])
        {
            using var bare = new PostgresSchema();
            StoreMigratorOf(bare);
            rates = await Task.WhenAll(Enumerable.Range(0, 3).Select(i => Task.Factory.StartNew(
                () => BareWriter.Run(bare, new ClaimLoad($"w{i}", Claims / 2, 1), Claims / 2, 256, locks), TaskCreationOptions.LongRunning)));
            Say($"three bare writers, {(locks ? "event numbers under the lock" : "event numbers from a sequence, no lock")}", rates.Sum());
        }
    }

    private static void StoreMigratorOf(PostgresSchema schema)
    {
        StoreMigrator.Migrate(new PostgresStoreOptions { ConnectionString = schema.ConnectionString });
        schema.Execute("CREATE SEQUENCE bare");
    }

    private void Say(string what, double rate) => output.WriteLine($"{what}: {rate:N0} claims/s");
}
