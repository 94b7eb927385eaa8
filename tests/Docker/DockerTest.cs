using System.Collections.Immutable;
using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using OrleansCluster.Silo.Agent.Docker;

namespace OrleansCluster.Tests.Docker;

/// <summary>A test with a daemon, a cluster name of its own, also for a volume, and nothing left behind.</summary>
public abstract class DockerTest(Daemon daemon) : IAsyncLifetime
{
    internal const string Node = "node-1";
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);

    internal string Cluster { get; } = "test-" + Guid.NewGuid().ToString("N")[..12];
    internal DockerRuntime Runtime { get; } = new(Daemon.Options, TimeProvider.System, NullLogger<DockerRuntime>.Instance);
    internal DockerClient Client { get; } = new(Daemon.Options, TimeProvider.System);

    public virtual ValueTask InitializeAsync()
    {
        daemon.Require();
        return ValueTask.CompletedTask;
    }

    public virtual async ValueTask DisposeAsync()
    {
        try
        {
            foreach (var left in await Client.ListContainers([$"{DockerLabels.Cluster}={Cluster}"], CancellationToken.None))
                await Runtime.Remove(left.Id, CancellationToken.None);
            await Client.RemoveVolume(Cluster, CancellationToken.None);
        }
        catch (DockerApiException e) when (e.Status == HttpStatusCode.NotFound)
        {
            // Most tests make no volume.
        }
        catch (RuntimeUnavailableException)
        {
            // Skipped for want of a daemon: there is nothing to remove.
        }

        Runtime.Dispose();
        Client.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>A container of the small image on the host's network, the cheapest there is.</summary>
    internal ContainerLaunch Launch(string name, params string[] command) => new()
    {
        Labels = new ContainerLabels(Cluster, Node, "task-1", 1, name),
        Spec = new ContainerSpec { Name = name, Image = Daemon.Image, Command = [.. command], Resources = new Resources(500, 64, 0) },
        Volumes = [],
        Network = NetworkMode.Host,
        Environment = ImmutableSortedDictionary<string, string>.Empty,
    };

    internal async Task<string> CreateAndStart(ContainerLaunch launch)
    {
        var id = await Runtime.Create(launch, CancellationToken.None);
        await Runtime.Start(id, CancellationToken.None);
        return id;
    }

    /// <summary>Runs it to its end.</summary>
    internal async Task<ContainerInfo> Run(ContainerLaunch launch) => await End(await CreateAndStart(launch));

    internal async Task<ContainerInfo> End(string id)
    {
        using var patience = new CancellationTokenSource(_patience);
        await Client.WaitContainer(id, WaitCondition.NotRunning, patience.Token);
        return await Runtime.Inspect(id, CancellationToken.None) ?? throw new InvalidOperationException($"{id} is gone");
    }

    /// <summary>Runs it to its end and returns what it wrote, both outputs, a line each.</summary>
    internal async Task<(ContainerInfo Info, string[] Lines)> RunAndRead(ContainerLaunch launch)
    {
        var info = await Run(launch);
        return (info, [.. (await ReadLog(info.Id, false)).Select(line => line.Text)]);
    }

    internal async Task<List<LogLine>> ReadLog(string id, bool follow)
    {
        using var patience = new CancellationTokenSource(_patience);
        return await Runtime.ReadLog(id, follow, patience.Token).ToListAsync(patience.Token);
    }

    /// <summary>Waits until the container's output has this line: then it is where the test wants it.</summary>
    internal async Task WaitForLine(string id, string text)
    {
        using var patience = new CancellationTokenSource(_patience);
        var seen = new List<string>();
        await foreach (var line in Runtime.ReadLog(id, true, patience.Token))
        {
            if (line.Text == text) return;
            seen.Add(line.Text);
        }

        Assert.Fail($"container {id} ended without the line '{text}'; it wrote: {string.Join(" | ", seen)}");
    }
}
