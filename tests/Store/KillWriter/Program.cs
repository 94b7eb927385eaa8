using Microsoft.Extensions.DependencyInjection;
using OrleansCluster.Grains.Storage;
using OrleansCluster.Tests.Store.KillWriter;

// Writes units for ever, or up to a number, with several writers at once, and prints "writer unit" for each unit acknowledged.
var (path, last) = (args[0], args.Length > 1 ? int.Parse(args[1]) : int.MaxValue);
using var services = new ServiceCollection()
    .AddSingleton(TimeProvider.System)
    .AddClusterStore(new SqliteStoreOptions { Path = path })
    .BuildServiceProvider();
var store = services.GetRequiredService<ITransactionalStore>();
using var output = Console.OpenStandardOutput();
var acknowledgements = new Acknowledgements(output);
await Task.WhenAll(Enumerable.Range(0, UnitPlan.Writers).Select(writer => new PlannedWriter(store, writer, acknowledgements).Write(last)));
