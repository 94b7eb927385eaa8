using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using NSubstitute;
using OrleansCluster.Grains.Runtime;
using OrleansCluster.Grains.Runtime.Telemetry;
using OrleansCluster.Grains.Storage.Checkpoints;
using OrleansCluster.Silo.Agent;
using OrleansCluster.Silo.Agent.Simulated;

namespace OrleansCluster.Tests.Unit.Agent;

/// <summary>One agent on a simulated host, with a node grain and a clock in the test's hands.</summary>
internal sealed class AgentHarness : IAsyncDisposable
{
    private static readonly TimeSpan _moment = TimeSpan.FromMilliseconds(2);

    private readonly Dictionary<string, TaskDefinition> _definitions = [];
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly IGrainFactory _grains = Substitute.For<IGrainFactory>();
    private CancellationTokenSource _stopping = new();
    private Task _running = Task.CompletedTask;

    public AgentHarness()
    {
        Simulated = new SimulatedRuntime(new Resources(4000, 8192, 10_000), Clock, "one");
        Runtime = new WatchedRuntime(Simulated);
        Node = new FakeNode(Clock);
        Checkpoints = new InMemoryCheckpointStore(Clock);
        Manager = new FakeTask(Checkpoints);
        Node.Orders = () => Manager.Orders;
        Options = new AgentOptions { Cluster = "lab", Node = "n1", DataDirectory = Directory.CreateTempSubdirectory("ocs-agent-").FullName };
        var definition = Substitute.For<ITaskDefinitionGrain>();
        definition.Get(Arg.Any<int?>()).Returns(call => DefinitionsHang ? new TaskCompletionSource<TaskDefinition?>().Task : Task.FromResult(_definitions.GetValueOrDefault($"app:{call.Arg<int?>()}")));
        _grains.GetGrain<INodeGrain>("node/lab/n1", Arg.Any<string>()).Returns(Node);
        _grains.GetGrain<ITaskGrain>(Arg.Any<string>(), Arg.Any<string>()).Returns(call => Manager.As(call.ArgAt<string>(0)));
        _grains.GetGrain<ITaskDefinitionGrain>("definition/app", Arg.Any<string>()).Returns(definition);
    }

    public ManualClock Clock { get; } = new();
    public InMemoryCheckpointStore Checkpoints { get; }
    public FakeTask Manager { get; }
    public SimulatedRuntime Simulated { get; }
    public WatchedRuntime Runtime { get; }
    public FakeNode Node { get; }
    public AgentOptions Options { get; set; }

    public bool DefinitionsHang { get; set; }

    /// <summary>Of the definitions to come.</summary>
    public DisconnectPolicy OnDisconnect { get; set; }

    public string LogPath(Claim claim, string container) => Path.Combine(Options.DataDirectory!, "logs", claim.TaskId, $"{claim.Attempt}", $"{container}.ndjson");

    public void Start()
    {
        _stopping = new CancellationTokenSource();
        var meters = _services.GetRequiredService<IMeterFactory>();
        var loops = new LoopRunner(Clock, new LoopInstruments(meters), NullLogger<LoopRunner>.Instance);
        var instruments = new AgentInstruments(meters, Clock);
        _running = new NodeAgent(Options, _grains, new LoneSilo(), Runtime, new NoFenceGuard(), Checkpoints, Clock, new RandomIdSource(), instruments, loops, NullLoggerFactory.Instance).Run(_stopping.Token);
    }

    /// <summary>As the silo's shutdown does it.</summary>
    public async Task Stop()
    {
        await _stopping.CancelAsync();
        await _running.WaitAsync(TimeSpan.FromSeconds(30));
    }

    public Claim Define(params ContainerSpec[] containers) => Define(checkpoint: null, containers);

    public Claim Define(CheckpointSpec? checkpoint, params ContainerSpec[] containers)
    {
        var revision = _definitions.Count + 1;
        _definitions[$"app:{revision}"] = Samples.Definition(containers) with { Revision = revision, Checkpoint = checkpoint, OnDisconnect = OnDisconnect };
        return Samples.Claim($"job.step.{revision}") with { Definition = $"app:{revision}" };
    }

    /// <summary>Polls until it holds; time stands still.</summary>
    public Task Until(Func<bool> holds, string expected) => Until(holds, expected, TimeSpan.Zero);

    /// <summary>Polls until it holds, and lets the simulated time pass meanwhile.</summary>
    public async Task Until(Func<bool> holds, string expected, TimeSpan step)
    {
        var since = TimeProvider.System.GetTimestamp();
        while (!holds())
        {
            if (TimeProvider.System.GetElapsedTime(since) > TimeSpan.FromSeconds(20))
                Assert.Fail($"Expected: {expected}. Calls: {string.Join(", ", Runtime.Calls)}");
            await Task.Delay(2);
            if (step > TimeSpan.Zero)
                Clock.Advance(step);
        }
    }

    /// <summary>That a task runs is told after a moment, so that little time passes.</summary>
    public Task UntilState(Claim claim, TaskState state) => Until(
        () => Node.LastOf(claim)?.State == state,
        $"{claim.Id} reported {state}, last {Node.LastOf(claim)?.State}",
        state == TaskState.Running ? _moment : TimeSpan.Zero);

    public Task UntilGone(Claim claim) =>
        Until(() => ContainersOf(claim).IsEmpty, $"no container of {claim.Id} left");

    public ImmutableArray<ContainerInfo> ContainersOf(Claim claim) =>
        [.. All().Where(info => info.Labels.TaskId == claim.TaskId && info.Labels.Attempt == claim.Attempt)];

    public ImmutableArray<ContainerInfo> All() => Simulated.List("lab", "n1", CancellationToken.None).GetAwaiter().GetResult();

    public async ValueTask DisposeAsync()
    {
        await Stop();
        await _services.DisposeAsync();
        Directory.Delete(Options.DataDirectory!, recursive: true);
    }
}
