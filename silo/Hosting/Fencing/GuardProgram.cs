using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging.Abstractions;
using OrleansCluster.Silo.Agent;
using OrleansCluster.Silo.Agent.Docker;

namespace OrleansCluster.Silo.Hosting.Fencing;

/// <summary>
/// The guard of one node. It reads the lease that the agent writes, and when that is over it stops the node's containers, but for those that are to be kept; then
/// nothing is left to guard, and it ends. The next agent starts another.
/// </summary>
internal static class GuardProgram
{
    public const string Verb = "fence-guard";
    private static readonly TimeSpan _longestPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _shortestPause = TimeSpan.FromMilliseconds(20);

    public static async Task<int> Run(string[] arguments)
    {
        var options = arguments.Skip(1).Chunk(2).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
        using var held = GuardLock.TryTake(options["--folder"]);
        if (held is null)
            return 0;

        // It outlives what a terminal or a supervisor says to the silo's whole group.
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => context.Cancel = true);
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, context => context.Cancel = true);
        var clock = TimeProvider.System;
        var docker = new DockerRuntime(new DockerOptions { Endpoint = DockerEndpoint.Parse(options["--docker-host"]) }, clock, NullLogger<DockerRuntime>.Instance);
        var lease = new LeaseFile(options["--folder"], clock);
        var timeout = TimeSpan.FromMilliseconds(int.Parse(options["--fence-milliseconds"], CultureInfo.InvariantCulture));
        var fenced = new FencedFile(options["--folder"]);
        fenced.Prune();
        while (lease.Read() is { } remaining)
        {
            if (remaining <= TimeSpan.Zero && await IsAllStopped(docker, options["--cluster"], options["--node"], timeout, fenced))
                return 0;
            var pause = remaining > _longestPause ? _longestPause : remaining > _shortestPause ? remaining : _shortestPause;
            await Task.Delay(pause, clock);
        }

        // The node's folder has been removed.
        return 0;
    }

    private static async Task<bool> IsAllStopped(DockerRuntime docker, string cluster, string node, TimeSpan timeout, FencedFile fenced)
    {
        try
        {
            var running = (await docker.List(cluster, node, CancellationToken.None)).Where(info => info is { Status: ContainerStatus.Running, Labels.IsKept: false }).ToList();
            if (running.Count > 0)
                fenced.Add(running.Select(info => info.Id));
            await Task.WhenAll(running.Select(info => docker.Stop(info.Id, timeout, CancellationToken.None)));
            return running.Count == 0;
        }
        catch (Exception exception) when (exception is RuntimeUnavailableException or ContainerException)
        {
            // Again at once: nothing is more urgent.
            return false;
        }
    }
}
