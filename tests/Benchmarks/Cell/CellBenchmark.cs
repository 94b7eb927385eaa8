using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OrleansCluster.Benchmarks.Figures;
using OrleansCluster.Client;
using OrleansCluster.Silo.Hosting;
using OrleansCluster.Tests.Shared;

namespace OrleansCluster.Benchmarks.Cell;

/// <summary>
/// Jobs of tasks that end at once, handed in over HTTP, each watched to its end; the silo, its agents and the client are one process. Latencies are those
/// of the tasks of every n-th job, read afterwards.
/// </summary>
internal static class CellBenchmark
{
    private const string Cluster = "bench";
    private const int JobsSampled = 20;

    public static async Task<CellResult> Run(CellSettings settings, TextWriter output, CancellationToken cancellationToken)
    {
        await output.WriteLineAsync(
            $"cell: {settings.Nodes:N0} simulated nodes, {settings.Jobs:N0} jobs of {settings.TasksInJob:N0} tasks that end at once, {settings.InFlight:N0} in flight, SQLite with fsync");
        await output.WriteLineAsync(Machine.Description);
        var data = Directory.CreateTempSubdirectory("ocs-bench-").FullName;
        try
        {
            string[] arguments =
            [
                "--data", data, "--cluster", Cluster, "--runtime", "simulated", "--nodes", $"{settings.Nodes}", "--node", "node", "--listen", "127.0.0.1:0",
                "--cpu", "16000", "--memory", "65536", "--disk", "100000", "--lease-seconds", "120", "--lost-after-seconds", "180",
            ];
            await using var silo = SiloProgram.Build(arguments, builder => builder.Logging.SetMinimumLevel(LogLevel.Warning));
            var began = TimeProvider.System.GetTimestamp();
            await silo.StartAsync(cancellationToken);
            await using var services = new ServiceCollection().AddLogging().AddClient(new Uri(silo.Urls.First()), Cluster).BuildServiceProvider();
            var client = services.GetRequiredService<OrleansClusterClient>();
            await WaitForNodes(client, settings.Nodes, cancellationToken);
            await Say(output, $"{settings.Nodes:N0} nodes have joined after {TimeProvider.System.GetElapsedTime(began).TotalSeconds:F1} s, {Memory() >> 20:N0} MiB");

            // Once without counting: it compiles the code.
            await Submit(client, settings with { Tasks = Math.Min(settings.Tasks, settings.InFlight) }, "warm", output, cancellationToken);
            var result = await Measure(client, settings, output, cancellationToken);
            await silo.StopAsync(cancellationToken);
            return result;
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }

    private static async Task<CellResult> Measure(OrleansClusterClient client, CellSettings settings, TextWriter output, CancellationToken cancellationToken)
    {
        var (began, cpu, allocated) = (TimeProvider.System.GetTimestamp(), Environment.CpuUsage.TotalTime, GC.GetTotalAllocatedBytes());
        var jobs = await Submit(client, settings, "cell", output, cancellationToken);
        var elapsed = TimeProvider.System.GetElapsedTime(began);
        var tasks = settings.Jobs * settings.TasksInJob;
        var (cpuOfTask, allocatedOfTask) = ((Environment.CpuUsage.TotalTime - cpu).TotalMicroseconds / tasks, (GC.GetTotalAllocatedBytes() - allocated) / tasks);
        var memory = PeakMemory();
        var latencies = new List<double>();
        foreach (var job in jobs.Chunk(Math.Max(1, jobs.Length / JobsSampled)).Select(chunk => chunk[0]))
        {
            await foreach (var task in client.Tasks.ListAsync(job.Id, state: null, cancellationToken))
                latencies.Add((task.StartedAt!.Value - job.CreatedAt).TotalMilliseconds);
        }

        latencies.Sort();
        var (median, p99) = (latencies[latencies.Count / 2], latencies[(int)((latencies.Count - 1) * 0.99)]);
        var rate = tasks / elapsed.TotalSeconds;
        await Say(
            output,
            $"{rate:N0} tasks/s, {cpuOfTask:F0} µs of CPU and {allocatedOfTask:N0} bytes allocated a task, submit to running {median:F0} ms (p99 {p99:F0} ms), peak memory {memory >> 20:N0} MiB");
        return new CellResult(
            "cell", settings.Nodes, tasks, Math.Round(rate), Math.Round(cpuOfTask), allocatedOfTask, Math.Round(median), Math.Round(p99), memory);
    }

    private static async Task<JobView[]> Submit(OrleansClusterClient client, CellSettings settings, string name, TextWriter output, CancellationToken cancellationToken)
    {
        using var slots = new SemaphoreSlim(settings.InFlight / settings.TasksInJob);
        var began = TimeProvider.System.GetTimestamp();
        var ended = 0;
        return await Task.WhenAll(Enumerable.Range(0, settings.Jobs).Select(async number =>
        {
            await slots.WaitAsync(cancellationToken);
            try
            {
                var job = await client.Jobs.SubmitAsync(Job(name, settings.TasksInJob), cancellationToken);
                await foreach (var view in client.Jobs.WatchAsync(job.Id, cancellationToken))
                    job = view;
                if (job.Status != JobStatus.Succeeded)
                    throw new InvalidOperationException($"Job {job.Id} is {job.Status}: {job.Reason}.");
                if (Interlocked.Increment(ref ended) % Math.Max(1, settings.Jobs / 10) == 0)
                    await Say(output, $"{name}: {ended * settings.TasksInJob:N0} tasks after {TimeProvider.System.GetElapsedTime(began).TotalSeconds:F1} s, {Memory() >> 20:N0} MiB");
                return job;
            }
            finally
            {
                slots.Release();
            }
        }));
    }

    private static async Task WaitForNodes(OrleansClusterClient client, int nodes, CancellationToken cancellationToken)
    {
        while (await client.Nodes.ListAsync(cancellationToken).CountAsync(n => n.Status == NodeStatus.Active, cancellationToken) < nodes)
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, cancellationToken);
    }

    private static JobSpec Job(string name, int tasks) => new()
    {
        Name = name,
        Tasks =
        [
            new JobTaskSpec
            {
                Name = "work",
                Count = tasks,
                Containers = [new ContainerSpec { Name = "main", Image = "app", Command = ["true"], Resources = new Resources(1000, 2048, 0) }],
            },
        ],
    };

    private static Task Say(TextWriter output, FormattableString text) => output.WriteLineAsync(text.ToString(CultureInfo.InvariantCulture));

    private static long Memory() => Environment.WorkingSet;

    private static long PeakMemory()
    {
        using var self = System.Diagnostics.Process.GetCurrentProcess();
        return self.PeakWorkingSet64;
    }
}
