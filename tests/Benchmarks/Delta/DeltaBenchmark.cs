using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OrleansCluster.Benchmarks.Figures;
using OrleansCluster.Placement;
using OrleansCluster.Silo.Hosting;

namespace OrleansCluster.Benchmarks.Delta;

/// <summary>
/// The committer's grain with many nodes: each round reads a snapshot of it and lays that out, claims something on some of the nodes, reads what has
/// changed, applies that and copies the whole.
/// </summary>
internal static class DeltaBenchmark
{
    private const string Cluster = "bench";
    private const int AtOnce = 500;
    private static readonly Resources _capacity = new(2_000_000_000, 2_000_000_000, 0);

    public static async Task<DeltaResult> Run(DeltaSettings settings, TextWriter output, CancellationToken cancellationToken)
    {
        await output.WriteLineAsync($"delta: {settings.Nodes:N0} nodes, {settings.Changed:N0} of which change between deltas, {settings.Rounds} rounds");
        await output.WriteLineAsync(Machine.Description);
        var data = Directory.CreateTempSubdirectory("ocs-bench-").FullName;
        try
        {
            string[] arguments =
            [
                "--data", data, "--cluster", Cluster, "--runtime", "none", "--listen", "127.0.0.1:0", "--lease-seconds", "1800", "--lost-after-seconds", "3600",
            ];
            await using var silo = SiloProgram.Build(arguments, builder => builder.Logging.SetMinimumLevel(LogLevel.Warning));
            await silo.StartAsync(cancellationToken);
            var result = await Measure(settings, silo.Services, output);
            await silo.StopAsync(cancellationToken);
            return result;
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }

    private static async Task<DeltaResult> Measure(DeltaSettings settings, IServiceProvider services, TextWriter output)
    {
        var grains = services.GetRequiredService<IGrainFactory>();
        foreach (var some in Enumerable.Range(0, settings.Nodes).Chunk(AtOnce))
            await Task.WhenAll(some.Select(n => grains.GetGrain<INodeGrain>(GrainKeys.Node(Cluster, NameOf(n))).Register(Node(n))));
        var state = grains.GetGrain<IClusterStateGrain>(GrainKeys.Cluster(Cluster));
        var (snapshots, applies, floors, deltas, deltaApplies, copies) = (new List<double>(), new List<double>(), new List<double>(), new List<double>(), new List<double>(), new List<double>());
        long? snapshotBytes = null;
        long? deltaBytes = null;
        for (var round = 0; round <= settings.Rounds; round++)
        {
            var (snapshot, read) = await Timed(() => state.Read(ClusterVersion.None, TimeSpan.Zero, CancellationToken.None));
            var (arrays, applied) = Timed(() => ClusterArrays.From(snapshot));
            (string, int, int, int)[] rows = [.. snapshot.Nodes.Select(node => (node.Name, node.Free.Cpu, node.Free.Memory, node.Free.Disk))];
            var (_, filled) = Timed(() => BareTable.Fill(rows));
            await state.Commit(Claims(settings, round));
            var (delta, readDelta) = await Timed(() => state.Read(snapshot.Version, TimeSpan.Zero, CancellationToken.None));
            if (delta.IsSnapshot || delta.Nodes.Length != settings.Changed)
                throw new InvalidOperationException($"The delta has {delta.Nodes.Length} nodes; expected {settings.Changed}.");
            var (_, appliedDelta) = Timed(() =>
            {
                arrays.Apply(delta);
                return arrays;
            });
            var (_, copied) = Timed(arrays.Copy);

            // The first is not counted: it compiles the code.
            if (round == 0)
                continue;
            snapshots.Add(read.TotalMilliseconds);
            applies.Add(applied.TotalMilliseconds);
            floors.Add(filled.TotalMilliseconds);
            deltas.Add(readDelta.TotalMilliseconds);
            deltaApplies.Add(appliedDelta.TotalMilliseconds);
            copies.Add(copied.TotalMicroseconds);
            (snapshotBytes, deltaBytes) = (WireSize.Of(services, snapshot), WireSize.Of(services, delta));
        }

        await Say(output, $"snapshot: read {Text(snapshots)} ms, {Size(snapshotBytes)}; laid out {Text(applies)} ms, bare {Text(floors)} ms");
        await Say(output, $"delta: read {Text(deltas)} ms, {Size(deltaBytes)}; applied {Text(deltaApplies)} ms");
        await Say(output, $"copy to decide on: {Spread.Of(copies).ToText(1)} µs");
        return new DeltaResult(
            "delta", settings.Nodes, settings.Changed, Median(snapshots), Median(applies), Median(floors), snapshotBytes, Median(deltas), Median(deltaApplies), deltaBytes, Median(copies));
    }

    private static ClaimTransaction Claims(DeltaSettings settings, int round) => new()
    {
        Scheduler = "bench",
        TransactionId = $"{round}",
        DecidedOn = ClusterVersion.None,
        Claims =
        [
            .. Enumerable.Range(0, settings.Changed).Select(n => new ClaimRequest
            {
                TaskId = $"job-{round}.work.{n}",
                Attempt = 1,
                Node = NameOf((int)(((long)round * settings.Changed + n) % settings.Nodes)),
                Resources = new Resources(10, 10, 0),
                Definition = "work:1",
                Team = "default",
                Group = "family:work",
            }),
        ],
    };

    private static NodeRegistration Node(int number) => new() { Node = NameOf(number), Capacity = _capacity, Session = $"session-{number}", Runtime = "simulated" };

    private static string NameOf(int number) => $"node-{number:D6}";

    private static async Task<(T Value, TimeSpan Took)> Timed<T>(Func<Task<T>> work)
    {
        var began = TimeProvider.System.GetTimestamp();
        var value = await work();
        return (value, TimeProvider.System.GetElapsedTime(began));
    }

    private static (T Value, TimeSpan Took) Timed<T>(Func<T> work)
    {
        var began = TimeProvider.System.GetTimestamp();
        var value = work();
        return (value, TimeProvider.System.GetElapsedTime(began));
    }

    private static double Median(List<double> values) => Math.Round(Spread.Of(values).Median, 3);

    private static string Text(List<double> values) => Spread.Of(values).ToText(3);

    private static string Size(long? bytes) => bytes is null ? "nothing written in one process" : string.Create(CultureInfo.InvariantCulture, $"{bytes:N0} bytes");

    private static Task Say(TextWriter output, FormattableString text) => output.WriteLineAsync(text.ToString(CultureInfo.InvariantCulture));
}
