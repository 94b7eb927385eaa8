using System.Globalization;
using OrleansCluster.Benchmarks.Figures;
using OrleansCluster.Client;
using OrleansCluster.Silo.Agent.Docker;
using OrleansCluster.Tests.Shared;

namespace OrleansCluster.Benchmarks.Launch;

/// <summary>
/// A job of short containers through the whole cluster (API, durable state, scheduler, claims, agent), from its submission to the end of its last
/// task, in turn with the bare loop. The order within a round changes from round to round.
/// </summary>
internal static class LaunchBenchmark
{
    private const string Cluster = "bench";

    public static async Task<LaunchResult> Run(LaunchSettings settings, TextWriter output, CancellationToken cancellationToken)
    {
        var docker = new DockerOptions { Endpoint = DockerEndpoint.Parse(Environment.GetEnvironmentVariable("DOCKER_HOST")) };
        var data = Directory.CreateTempSubdirectory("ocs-bench-").FullName;
        try
        {
            using var floor = new BareLoop(docker, settings);
            using var watch = new DockerClient(docker, TimeProvider.System);
            await using var silo = await SiloProcess.Start(data, Cluster);
            await Describe(settings, watch, output, cancellationToken);

            // Once each without counting: the first calls compile code and open connections.
            await floor.Run(0, cancellationToken);
            await ThroughCluster(silo.Client, watch, settings, cancellationToken);
            return await Measure(settings, floor, silo.Client, watch, output, cancellationToken);
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }

    private static async Task<LaunchResult> Measure(
        LaunchSettings settings, BareLoop floor, OrleansClusterClient client, DockerClient watch, TextWriter output, CancellationToken cancellationToken)
    {
        var (floors, launches) = (new List<double>(), new List<double>());
        for (var round = 1; round <= settings.Rounds; round++)
        {
            if (round % 2 == 1)
                floors.Add(await floor.Run(round, cancellationToken));
            launches.Add(await ThroughCluster(client, watch, settings, cancellationToken));
            if (round % 2 == 0)
                floors.Add(await floor.Run(round, cancellationToken));
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"round {round}: cluster {launches[^1]:F2}/s, floor {floors[^1]:F2}/s, ratio {launches[^1] / floors[^1]:F3}"));
        }

        var ratios = launches.Zip(floors, (launch, bare) => launch / bare).ToList();
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"median: cluster {Spread.Of(launches).Median:F2}/s ({launches.Min():F2} to {launches.Max():F2}), floor {Spread.Of(floors).Median:F2}/s ({floors.Min():F2} to {floors.Max():F2}), ratio {Spread.Of(ratios).Median:F3} ({ratios.Min():F3} to {ratios.Max():F3})"));
        return new LaunchResult("launch", Round(Spread.Of(launches).Median), Round(Spread.Of(floors).Median), Round(Spread.Of(ratios).Median));
    }

    private static async Task<double> ThroughCluster(
        OrleansClusterClient client, DockerClient watch, LaunchSettings settings, CancellationToken cancellationToken)
    {
        var began = TimeProvider.System.GetTimestamp();
        var task = new JobTaskSpec { Name = "main", Count = settings.Containers, Network = settings.Network, Containers = [settings.Spec] };
        var job = await client.Jobs.SubmitAsync(new JobSpec { Name = "launch", Tasks = [task] }, cancellationToken);
        await foreach (var view in client.Jobs.WatchAsync(job.Id, cancellationToken))
            job = view;
        var elapsed = TimeProvider.System.GetElapsedTime(began);
        if (job.Status != JobStatus.Succeeded)
            throw new InvalidOperationException($"Job {job.Id} is {job.Status}: {job.Reason}.");

        // The next measurement must not pay for this one's removals.
        while (!(await watch.ListContainers([$"{DockerLabels.Cluster}={Cluster}"], cancellationToken)).IsEmpty)
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, cancellationToken);
        return settings.Containers / elapsed.TotalSeconds;
    }

    private static async Task Describe(LaunchSettings settings, DockerClient docker, TextWriter output, CancellationToken cancellationToken)
    {
        var version = await docker.GetVersion(cancellationToken);
        await output.WriteLineAsync(
            $"launch: {settings.Rounds} rounds of {settings.Containers} containers of {LaunchSettings.Image} 'true', network {settings.Network.ToString().ToLowerInvariant()}, {LaunchSettings.AtOnce} at once");
        await output.WriteLineAsync(
            $"machine: {Environment.ProcessorCount} cores, {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 30} GiB, Docker {version.Version}, .NET {Environment.Version}");
    }

    private static double Round(double value) => Math.Round(value, 3);
}
