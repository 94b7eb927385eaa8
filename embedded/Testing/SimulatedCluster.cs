using System.Collections.Immutable;
using OrleansCluster.Grains.Storage;
using OrleansCluster.Silo.Agent;
using OrleansCluster.Silo.Agent.Simulated;
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
/// Not for several threads at once; a cluster of its own for each of them is fine. Containers are simulated: of their commands <c>sleep SECONDS</c>,
/// <c>exit CODE</c>, <c>true</c>, <c>false</c>, <c>echo TEXT</c>, <c>oom</c>, <c>unhealthy</c>, <c>healthy</c> and <c>trap '' TERM</c> are known, also several in <c>sh -c "…; …"</c>;
/// anything else runs for 0.1 s and succeeds (<see cref="SimulationOptions.Program"/> says otherwise). Images called <c>missing/…</c> cannot be pulled.
/// </summary>
/// <remarks>What the cluster is asked is asked again until one of its silos answers, as its clients do, for <see cref="SimulationOptions.Patience"/> at most.</remarks>
public sealed partial class SimulatedCluster : IAsyncDisposable
{
    /// <summary>Things named in an exception.</summary>
    private const int Shown = 10;
    private static readonly ExtraCapacity _noExtras = new();
    private static readonly TimeSpan _step = TimeSpan.FromMilliseconds(100);
    private readonly SortedDictionary<string, SimulatedHost> _hosts = new(StringComparer.Ordinal);
    private readonly ClusterInvariants? _invariants;
    private readonly SeededIds _ids;
    private readonly FaultInjector _injector;

    /// <summary>None before <see cref="StartFaults"/>.</summary>
    private FaultRates _faults = FaultRates.None;

    private SimulatedCluster(ulong seed, SimulationOptions options)
    {
        Options = options;
        World = new World(seed, options.Trace);
        Membership = new Membership(World);
        Directory = new GrainDirectory(World, Membership, () => _faults);
        Network = new Network(World, Edges, () => _faults);
        Database = new SimulatedDatabase(World, Edges, () => _faults);
        _ids = new SeededIds(World.Random);
        _injector = new FaultInjector(this);
        if (options.ChecksInvariants)
        {
            _invariants = new ClusterInvariants(World, options.Cluster, Database.Checkpoints, options.Faults);
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

    /// <summary>How often things have gone wrong so far.</summary>
    public FaultCounts Faults => World.Counts;

    /// <summary>As they were given; the name of the cluster for <see cref="GrainKeys"/> is there.</summary>
    public SimulationOptions Options { get; }

    /// <summary>Virtual time as a clock: for what a test's own code has to wait for or to date. It begins with the year 2030.</summary>
    public TimeProvider Clock => World.Time;

    internal World World { get; }

    internal Edges Edges { get; } = new();

    internal Membership Membership { get; }

    internal GrainDirectory Directory { get; }

    internal Network Network { get; }

    internal SimulatedDatabase Database { get; }

    internal IReadOnlyCollection<SimulatedHost> Hosts => _hosts.Values;

    internal ClusterInvariants? Invariants => _invariants;

    /// <param name="seed">Decides everything that chance decides; the same seed with the same options and the same calls is the same run.</param>
    /// <param name="options">Where they are not given, nothing goes wrong by itself and invariants are checked.</param>
    /// <exception cref="ArgumentException">The options have faults; the message lists all of them.</exception>
    public static SimulatedCluster Create(ulong seed = 1, SimulationOptions? options = null)
    {
        options ??= new SimulationOptions();
        SimulationOptionsValidator.Validate(options);
        return new SimulatedCluster(seed, options);
    }

    /// <summary>Lets so much virtual time pass.</summary>
    /// <exception cref="SimulationException">An invariant was broken meanwhile.</exception>
    public void Advance(TimeSpan time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero);
        World.Run(() => false, Time + time);
    }

    /// <summary>Runs until it holds, and looks every 0.1 s of virtual time.</summary>
    /// <param name="holds">May ask the cluster. Where it fails since a silo does not answer, or has no database, it does not hold yet.</param>
    /// <param name="expected">For the exception: <c>node n1 is lost</c>.</param>
    /// <exception cref="SimulationException">It did not within <see cref="SimulationOptions.Patience"/>, or an invariant was broken meanwhile.</exception>
    public async Task Until(Func<Task<bool>> holds, string expected)
    {
        ArgumentNullException.ThrowIfNull(holds);
        var end = Time + Options.Patience;
        while (!await Holds())
        {
            if (Time >= end)
                throw Late(expected);
            Advance(_step);
        }

        async Task<bool> Holds()
        {
            try
            {
                return await holds();
            }
            catch (Exception exception) when (exception is IOException or TimeoutException or StoreUnavailableException or OrleansException)
            {
                return false;
            }
        }
    }

    /// <summary>
    /// Runs until nothing is left over: every job that was accepted and every task has ended, no claim is held and no container runs.
    /// </summary>
    /// <param name="within">Virtual time; <see cref="SimulationOptions.Patience"/> where it is not given. Zero looks at once.</param>
    /// <exception cref="SimulationException">Something was; the message lists it (the first ten), with the last events.</exception>
    /// <exception cref="InvalidOperationException"><see cref="SimulationOptions.ChecksInvariants"/> is off, and no books are kept.</exception>
    public void AssertNothingLeftOver(TimeSpan? within = null)
    {
        var invariants = _invariants ?? throw new InvalidOperationException($"What is left over is known only with {nameof(SimulationOptions.ChecksInvariants)}.");
        var bound = within ?? Options.Patience;
        var end = Time + bound;
        while (invariants.LeftOver().ToList() is { Count: > 0 } left)
        {
            if (Time >= end)
                throw new SimulationException(World, $"Left over after {bound}: {Shorten(left)}.");
            Advance(_step < end - Time ? _step : end - Time);
        }
    }

    /// <summary>Ends the simulation: whatever still ran is no more.</summary>
    public ValueTask DisposeAsync()
    {
        foreach (var host in _hosts.Values)
            host.Silo?.Kill();
        return ValueTask.CompletedTask;
    }

    internal SimulatedHost Add(string name, Resources resources, IReadOnlyDictionary<string, string> attributes, ExtraCapacity extras) =>
        Add(name, [AgentOf(name, resources, attributes, extras)]);

    /// <summary>A host that has agents for several nodes, as a silo's option <c>--nodes</c> makes it.</summary>
    internal SimulatedHost Add(string name, IEnumerable<string> nodes, Resources each) =>
        Add(name, [.. nodes.Select(node => AgentOf(node, each, ImmutableSortedDictionary<string, string>.Empty, _noExtras))]);

    private SimulatedHost Add(string name, ImmutableArray<AgentOptions> agents)
    {
        var host = new SimulatedHost(this, name, agents);
        _hosts.Add(name, host);
        foreach (var agent in agents)
            _invariants?.OnNode(agent.Node, agent.Attributes, new ExtraCapacity { Gpus = agent.Gpus, Amounts = agent.Amounts });
        return host;
    }

    internal SimulatedHost Host(string node) => _hosts.TryGetValue(node, out var host) ? host : throw new ArgumentException($"There is no node {node}.", nameof(node));

    internal void ContainerChanged(ContainerInfo info, SimulatedFiles files)
    {
        World.Trace.Add($"container {info.Labels.TaskId}/{info.Labels.Attempt}/{info.Labels.Container} on {info.Labels.Node} is {info.Status} {info.ExitCode}");
        _invariants?.OnContainer(info, files);
    }

    /// <summary>As it is launched where containers are simulated.</summary>
    internal ContainerLaunch Simulated(ContainerLaunch launch)
    {
        try
        {
            return Options.Program?.Invoke(launch) is { } script
                ? launch with { Spec = launch.Spec with { EntryPoint = [], Command = ["sh", "-c", script] } }
                : launch;
        }
        catch (Exception exception)
        {
            // The agent would take it for a fault of the container runtime's, and try again.
            World.Violate($"{nameof(SimulationOptions.Program)} failed for container {launch.Labels.Container} of {launch.Labels.TaskId}: {exception}");
            throw;
        }
    }

    private AgentOptions AgentOf(string node, Resources resources, IReadOnlyDictionary<string, string> attributes, ExtraCapacity extras) => new()
    {
        Cluster = Options.Cluster,
        Node = node,
        DataDirectory = null,
        Capacity = resources,
        Attributes = attributes.ToImmutableSortedDictionary(StringComparer.Ordinal),
        Gpus = extras.Gpus,
        Amounts = extras.Amounts,
    };

    private SimulationException Late(string expected) => new(World, $"Expected within {Options.Patience} ({nameof(SimulationOptions)}.{nameof(SimulationOptions.Patience)}): {expected}.");

    private static string Shorten(IReadOnlyCollection<string> all) =>
        string.Join("; ", all.Take(Shown)) + (all.Count > Shown ? $"; and {all.Count - Shown} more" : "");
}
