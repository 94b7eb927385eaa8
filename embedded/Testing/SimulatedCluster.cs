using OrleansCluster.Silo.Agent;
using OrleansCluster.Testing.Faults;
using OrleansCluster.Testing.Hosts;
using OrleansCluster.Testing.Invariants;
using OrleansCluster.Testing.Kernel;
using OrleansCluster.Testing.Silos;
using OrleansCluster.Testing.Storage;

namespace OrleansCluster.Testing;

/// <summary>
/// A whole cluster in memory: several hosts with a silo and an agent each, a database and clients, on the calling thread and on virtual time. One seed
/// decides everything, so what has happened once happens again. Everything that waits, waits by running the world: no call takes longer than its work.
/// </summary>
public sealed partial class SimulatedCluster : IAsyncDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(5);
    private readonly SortedDictionary<string, SimulatedHost> _hosts = new(StringComparer.Ordinal);
    private readonly ClusterInvariants? _invariants;
    private readonly SeededIds _ids;
    private readonly FaultInjector _injector;
    private FaultRates _faults;

    private SimulatedCluster(ulong seed, SimulationOptions options)
    {
        Options = options;
        _faults = options.Faults;
        World = new World(seed, options.Trace);
        Membership = new Membership(World);
        Directory = new GrainDirectory(World, Membership);
        Network = new Network(World, () => _faults);
        Database = new SimulatedDatabase(World, () => _faults);
        _ids = new SeededIds(World.Random);
        _injector = new FaultInjector(this);
        if (options.ChecksInvariants)
        {
            _invariants = new ClusterInvariants(World, options.Cluster);
            Database.Written += _invariants.OnWritten;
        }
    }

    /// <summary>Decides everything that chance decides.</summary>
    public ulong Seed => World.Seed;

    /// <summary>Virtual time since the start.</summary>
    public TimeSpan Time => World.Time.Elapsed;

    /// <summary>The fingerprint of all that has happened: equal for equal runs.</summary>
    public ulong TraceHash => World.Trace.Hash;

    /// <summary>How many events went into <see cref="TraceHash"/>.</summary>
    public long EventCount => World.Trace.Count;

    public FaultCounts Faults => World.Counts;

    internal SimulationOptions Options { get; }

    internal World World { get; }

    internal Membership Membership { get; }

    internal GrainDirectory Directory { get; }

    internal Network Network { get; }

    internal SimulatedDatabase Database { get; }

    internal IReadOnlyCollection<SimulatedHost> Hosts => _hosts.Values;

    internal ClusterInvariants? Invariants => _invariants;

    public static SimulatedCluster Create(ulong seed = 1, SimulationOptions? options = null) => new(seed, options ?? new SimulationOptions());

    /// <summary>Adds a host and turns it on; it has joined when this returns.</summary>
    /// <param name="resources">What its tasks may claim.</param>
    public async Task AddNode(string name, Resources resources)
    {
        Add(name, resources).TurnOn();
        await Until(async () => (await GetNode(name))?.Status == NodeStatus.Active, $"node {name} is active");
    }

    /// <summary>Lets so much virtual time pass.</summary>
    public void Advance(TimeSpan time)
    {
        var end = Time + time;
        World.Run(() => false, end);
    }

    /// <summary>Runs until it holds.</summary>
    /// <exception cref="SimulationException">It did not within five minutes of virtual time, or an invariant was broken meanwhile.</exception>
    public async Task Until(Func<Task<bool>> holds, string expected)
    {
        ArgumentNullException.ThrowIfNull(holds);
        var end = Time + _patience;
        while (!await holds())
        {
            if (Time >= end)
                throw new SimulationException(World, $"Expected within {_patience}: {expected}.");
            Advance(TimeSpan.FromMilliseconds(100));
        }
    }

    public ValueTask DisposeAsync()
    {
        foreach (var host in _hosts.Values)
            host.Silo?.Kill();
        return ValueTask.CompletedTask;
    }

    internal SimulatedHost Add(string name, Resources resources) => Add(name, [name], resources);

    /// <summary>A host that has agents for several nodes, as a silo's option <c>--nodes</c> makes it.</summary>
    internal SimulatedHost Add(string name, IEnumerable<string> nodes, Resources each)
    {
        var agents = nodes.Select(node => new AgentOptions { Cluster = Options.Cluster, Node = node, DataDirectory = null, Capacity = each });
        var host = new SimulatedHost(this, name, [.. agents]);
        _hosts.Add(name, host);
        return host;
    }

    internal SimulatedHost Host(string name) => _hosts.TryGetValue(name, out var host) ? host : throw new ArgumentException($"There is no node {name}.", nameof(name));

    /// <summary>From now on nothing goes wrong by itself, and what is away comes back.</summary>
    internal void Heal()
    {
        World.Trace.Add("all faults end");
        _faults = FaultRates.None;
        _injector.Stop();
        Database.IsAway = false;
        foreach (var host in _hosts.Values)
            host.Heal();
    }

    internal void StartFaults() => _injector.Start(_faults);

    internal void ContainerChanged(ContainerInfo info)
    {
        World.Trace.Add($"container {info.Labels.TaskId}/{info.Labels.Attempt}/{info.Labels.Container} on {info.Labels.Node} is {info.Status} {info.ExitCode}");
        _invariants?.OnContainer(info);
    }
}
