using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OrleansCluster.Benchmarks.Figures;
using OrleansCluster.Silo.Hosting;

namespace OrleansCluster.Benchmarks.Commit;

/// <summary>
/// Schedulers that commit one transaction after the other to the cluster state's grain, on a database of their own each round, in turn with the
/// same rows written by nobody but the database.
/// </summary>
internal static class CommitBenchmark
{
    private const string Cluster = "bench";

    public static async Task<CommitResult> Run(CommitSettings settings, TextWriter output, CancellationToken cancellationToken)
    {
        await output.WriteLineAsync(
            $"commit: {settings.Store}, {settings.Schedulers} schedulers, transactions of {settings.Batch} claims, {settings.AllClaims:N0} claims a round on {CommitSettings.Nodes:N0} nodes, {settings.Rounds} rounds");
        await output.WriteLineAsync(Machine.Description);
        var (rates, floors, tails) = (new List<double>(), new List<double>(), new List<double>());
        for (var round = 0; round <= settings.Rounds; round++)
        {
            var floor = await Bare(settings, cancellationToken);
            var (rate, p99) = await ThroughCluster(settings, cancellationToken);

            // The first is not counted: it compiles the code.
            if (round == 0)
                continue;
            floors.Add(floor);
            rates.Add(rate);
            tails.Add(p99);
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture, $"round {round}: {rate:N0} claims/s, p99 {p99:F1} ms, bare {floor:N0}/s, ratio {rate / floor:F3}"));
        }

        var (ours, bare, tail, ratio) = (Spread.Of(rates), Spread.Of(floors), Spread.Of(tails), Spread.Of(rates.Zip(floors, (a, b) => a / b)));
        await output.WriteLineAsync($"median: {ours.ToText(0)} claims/s, p99 {tail.ToText(1)} ms, bare {bare.ToText(0)}/s, ratio {ratio.ToText(3)}");
        return new CommitResult(
            "commit", settings.Store, settings.Schedulers, settings.Batch, Math.Round(ours.Median), Math.Round(tail.Median, 2), Math.Round(bare.Median), Math.Round(ratio.Median, 3));
    }

    private static async Task<(double Rate, double P99)> ThroughCluster(CommitSettings settings, CancellationToken cancellationToken)
    {
        await using var database = await BenchDatabase.Create(settings.Store);
        await using var silo = SiloProgram.Build(database.SiloArguments(Cluster), builder => builder.Logging.SetMinimumLevel(LogLevel.Warning));
        await silo.StartAsync(cancellationToken);
        var grains = silo.Services.GetRequiredService<IGrainFactory>();
        var state = grains.GetGrain<IClusterStateGrain>(GrainKeys.Cluster(Cluster));
        await Task.WhenAll(Enumerable.Range(0, CommitSettings.Nodes).Select(n => grains.GetGrain<INodeGrain>(GrainKeys.Node(Cluster, CommitLoad.NodeName(n))).Register(CommitLoad.Node(n))));
        var transactions = Enumerable.Range(0, settings.Schedulers)
            .Select(s => Enumerable.Range(0, settings.Transactions).Select(n => CommitLoad.Transaction(settings, s, n)).ToArray()).ToArray();
        GC.Collect();

        var began = TimeProvider.System.GetTimestamp();
        var latencies = await Task.WhenAll(transactions.Select(own => Task.Run(() => Commit(state, own), cancellationToken)));
        var elapsed = TimeProvider.System.GetElapsedTime(began);
        await silo.StopAsync(cancellationToken);
        var sorted = latencies.SelectMany(own => own).Order().ToArray();
        return (settings.AllClaims / elapsed.TotalSeconds, sorted[(int)((sorted.Length - 1) * 0.99)]);
    }

    private static async Task<double[]> Commit(IClusterStateGrain state, ClaimTransaction[] transactions)
    {
        var latencies = new double[transactions.Length];
        for (var i = 0; i < transactions.Length; i++)
        {
            var began = TimeProvider.System.GetTimestamp();
            var outcomes = await state.Commit(transactions[i]);
            latencies[i] = TimeProvider.System.GetElapsedTime(began).TotalMilliseconds;
            if (outcomes.Any(o => !o.IsCommitted))
                throw new InvalidOperationException($"{transactions[i].Name} was not committed: {outcomes.First(o => !o.IsCommitted).Rejection}");
        }

        return latencies;
    }

    private static async Task<double> Bare(CommitSettings settings, CancellationToken cancellationToken)
    {
        await using var database = await BenchDatabase.Create(settings.Store);
        var groups = CommitLoad.Groups(settings).ToList();
        using IBareWriter writer = settings.Store == "sqlite" ? new BareSqlite(database.Path) : new BarePostgres(database.ConnectionString);
        writer.AddNodes();
        GC.Collect();
        var began = TimeProvider.System.GetTimestamp();
        await Task.Run(() => groups.ForEach(writer.Write), cancellationToken);
        return settings.AllClaims / TimeProvider.System.GetElapsedTime(began).TotalSeconds;
    }
}
