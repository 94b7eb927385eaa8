using Microsoft.Extensions.DependencyInjection;
using OrleansCluster.Grains.Storage;
using OrleansCluster.Tests.Store.KillWriter;

// Writes units for ever, or up to a number, with several writers at once, and prints "writer unit" for each unit acknowledged. The database is a
// SQLite file, or a PostgreSQL connection string.
var (address, last) = (args[0], args.Length > 1 ? int.Parse(args[1]) : int.MaxValue);
var collection = new ServiceCollection().AddSingleton(TimeProvider.System);
if (address.StartsWith("Host=", StringComparison.Ordinal))
    collection.AddClusterStore(new PostgresStoreOptions { ConnectionString = address, MigratesSchema = true });
else
    collection.AddClusterStore(new SqliteStoreOptions { Path = address });
using var services = collection.BuildServiceProvider();
var store = services.GetRequiredService<ITransactionalStore>();
using var output = Console.OpenStandardOutput();
var acknowledgements = new Acknowledgements(output);
await Task.WhenAll(Enumerable.Range(0, UnitPlan.Writers).Select(writer => new PlannedWriter(store, writer, acknowledgements).Write(last)));
