using Microsoft.Extensions.Logging.Abstractions;
using OrleansCluster.Client;
using OrleansCluster.Silo.Agent.Docker;
using OrleansCluster.Tests.Docker;
using OrleansCluster.Tests.Shared;
using OrleansCluster.Tests.Store.Postgres;

namespace OrleansCluster.Tests.Cluster;

/// <summary>Three silo processes, each a node of its own, over a PostgreSQL server of their own and the one Docker daemon of this machine.</summary>
internal sealed class ThreeSilos : IAsyncDisposable
{
    public const int Count = 3;

    /// <summary>Seconds; as users have it.</summary>
    public const int ShortLease = 10;

    /// <summary>Seconds; a silo that starts again is back within it on a busy machine, too, and its node's tasks run on.</summary>
    public const int LongLease = 30;

    private const int LostAfterLease = 2;

    private readonly int _lease;
    private readonly string _directory = Directory.CreateTempSubdirectory("ocs-three-").FullName;
    private readonly (int Silo, int Gateway)[] _ports = [.. Enumerable.Range(0, Count).Select(_ => (FreePort.Find(), FreePort.Find()))];
    private readonly int[] _entries = [.. Enumerable.Range(0, Count).Select(_ => FreePort.Find())];
    private readonly SiloProcess?[] _silos = new SiloProcess?[Count];
    private readonly List<(int Number, SiloProcess Silo)> _started = [];
    private readonly DockerRuntime _runtime = new(Daemon.Options, TimeProvider.System, NullLogger<DockerRuntime>.Instance);

    /// <summary>A name of its own, so that containers of other tests are not taken for this cluster's.</summary>
    public string Cluster { get; } = "test-" + Guid.NewGuid().ToString("N")[..12];
    public PostgresServer Postgres { get; } = new();
    public string Out { get; }

    private ThreeSilos(int lease)
    {
        _lease = lease;
        Out = Path.Combine(_directory, "out");
        Directory.CreateDirectory(Out);
    }

    public static async Task<ThreeSilos> StartAll(int lease)
    {
        var all = new ThreeSilos(lease);
        try
        {
            // One at a time: the first migrates the schema.
            for (var number = 0; number < Count; number++)
                await all.Start(number);
            await Poll.Until("three nodes to join", async () => (await all.ActiveNodes()) == Count ? "so" : null);
            return all;
        }
        catch
        {
            await all.DisposeAsync();
            throw;
        }
    }

    public static string NodeOf(int number) => $"node-{number + 1}";

    /// <summary>The way in to services on that host.</summary>
    public Uri Entry(int number) => new($"http://127.0.0.1:{_entries[number]}");

    /// <summary>A client of a silo that runs.</summary>
    public OrleansClusterClient Client(int number) => Running(number).Client;

    /// <summary>Where the API of a silo that runs listens.</summary>
    public Uri Address(int number) => Running(number).Address;

    /// <summary>Any of those that run, another one at each call.</summary>
    public OrleansClusterClient Client(int turn, out int number)
    {
        for (number = turn % Count; _silos[number] is null; number = (number + 1) % Count)
        {
        }

        return Client(number);
    }

    public async Task Start(int number)
    {
        var data = Path.Combine(_directory, NodeOf(number));
        Directory.CreateDirectory(data);
        var silo = await SiloProcess.Start(
            data,
            Cluster,
            "--node", NodeOf(number),
            "--postgres", Postgres.ConnectionString,
            "--migrate", "true",
            "--silo-port", $"{_ports[number].Silo}",
            "--gateway-port", $"{_ports[number].Gateway}",
            "--entry", $"127.0.0.1:{_entries[number]}",
            "--lease-seconds", $"{_lease}",
            "--lost-after-seconds", $"{_lease + LostAfterLease}",
            "--mesos-image", Daemon.Image,
            "--cpu", "4000", "--memory", "4096", "--disk", "10000");
        _silos[number] = silo;
        _started.Add((number, silo));
    }

    /// <summary>SIGKILL; its node's containers run on.</summary>
    public async Task Kill(int number)
    {
        var silo = Take(number);
        await silo.Kill();
        await silo.DisposeAsync();
    }

    /// <summary>SIGTERM; its node's containers run on.</summary>
    public async Task Terminate(int number)
    {
        var silo = Take(number);
        await silo.Terminate();
        await silo.DisposeAsync();
    }

    /// <summary>As a host dies that loses its power: no silo and no container of its is left. Returns how many containers ran.</summary>
    public async Task<int> KillHost(int number)
    {
        await Kill(number);
        var containers = await _runtime.List(Cluster, NodeOf(number), CancellationToken.None);
        foreach (var container in containers)
            await _runtime.Stop(container.Id, TimeSpan.Zero, CancellationToken.None);
        return containers.Length;
    }

    public async Task<int> CountRunning(int number) =>
        (await _runtime.List(Cluster, NodeOf(number), CancellationToken.None)).Count(info => info.Status == ContainerStatus.Running);

    /// <summary>Those that are there, whether they run or not.</summary>
    public async Task<IEnumerable<ContainerLabels>> Containers(int number) =>
        (await _runtime.List(Cluster, NodeOf(number), CancellationToken.None)).Select(info => info.Labels);

    public async Task<int> ActiveNodes() => await Client(0, out _).Nodes.ListAsync().CountAsync(n => n.Status == NodeStatus.Active);

    /// <summary>Waits until no node has a claim and no container is left; what is left over is told by name.</summary>
    public async Task AssertNothingIsLeft()
    {
        await Poll.Until(
            "every claim to be given back",
            async () => await Client(0, out _).Nodes.ListAsync().AllAsync(n => n.TaskCount == 0) ? "so" : null);
        foreach (var node in Enumerable.Range(0, Count).Where(n => _silos[n] is not null).Select(NodeOf))
            await Poll.Until($"every container of {node} to be removed", async () => (await _runtime.List(Cluster, node, CancellationToken.None)).IsEmpty ? "so" : null);
    }

    /// <summary>What the silos wrote, also those that have ended, for a test that failed.</summary>
    public string Logs => string.Join("\n", _started.Select(run => $"== {NodeOf(run.Number)}\n{Tail(run.Silo.Log)}"));

    public async ValueTask DisposeAsync()
    {
        foreach (var silo in _silos.OfType<SiloProcess>())
            await silo.DisposeAsync();
        for (var number = 0; number < Count; number++)
        {
            foreach (var left in await _runtime.List(Cluster, NodeOf(number), CancellationToken.None))
                await _runtime.Remove(left.Id, CancellationToken.None);
        }

        _runtime.Dispose();
        Postgres.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    private static string Tail(string log) => string.Join('\n', log.Split('\n').TakeLast(200));

    private SiloProcess Running(int number) => _silos[number] ?? throw new InvalidOperationException($"silo {number} does not run");

    private SiloProcess Take(int number)
    {
        var silo = Running(number);
        _silos[number] = null;
        return silo;
    }
}
