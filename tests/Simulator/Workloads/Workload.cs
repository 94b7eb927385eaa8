using OrleansCluster.Embedded.Deterministic;
using OrleansCluster.Simulator.Workloads.Frameworks;
using OrleansCluster.Testing;
using OrleansCluster.Testing.Kernel;

namespace OrleansCluster.Simulator.Workloads;

/// <summary>Clients that submit, look and stop, an operator who drains, schedules, and schedulers of others that claim beside ours, some of which mean ill.</summary>
internal sealed class Workload
{
    private const ulong ScheduleStream = 0x73636865;
    private const ulong ServiceStream = 0x73657276;
    private const ulong ScalingStream = 0x7363616C;
    private const ulong CallStream = 0x63616C6C;
    private const int Callers = 3;
    private const ulong FrameworkStream = 0x6672616D;
    private const ulong BehaviourStream = 0x62656861;

    private readonly List<Client> _clients = [];
    private readonly Reader? _reader;
    private readonly Operator _operator;
    private readonly RivalScheduler _rival;
    private readonly TeamAdministrator _teams;
    private readonly Crowd? _crowd;
    private readonly List<Planner> _planners = [];
    private readonly List<Keeper> _keepers = [];
    private readonly List<Scaler> _scalers = [];
    private readonly List<Caller> _callers = [];
    private readonly List<FrameworkUser> _frameworks = [];
    private readonly List<FrameworkBehaviour> _behaviours = [];

    public Workload(SimulatedCluster cluster, SeededRandom draw)
    {
        var process = new SimulatedProcess("clients", cluster.World.Scheduler);
        var clock = new ProcessClock(cluster.World.Time, process, 1, TimeSpan.Zero);
        Context = new WorkloadContext(cluster, process, clock);
        for (var i = draw.Between(1, 3); i > 0; i--)
            _clients.Add(new Client(Context, $"c{i}", new SeededRandom(draw.Next())));
        _operator = new Operator(Context, new SeededRandom(draw.Next()), draws: draw.Chance(0.5));
        _rival = new RivalScheduler(Context, new SeededRandom(draw.Next()), draws: draw.Chance(0.3));
        _teams = new TeamAdministrator(Context);
        if (Context.Focus.Crowds)
            _crowd = new Crowd(Context);
        if (Context.Focus.Looks || cluster.Options.Faults.AtEdge > 0)
            _reader = new Reader(Context, _clients, new SeededRandom(cluster.Seed));

        // By chance of their own, so that the other seeds do what they did.
        var plans = new SeededRandom(cluster.Seed ^ ScheduleStream);
        for (var i = Context.Focus.Schedules ? plans.Between(1, 2) : 0; i > 0; i--)
            _planners.Add(new Planner(Context, $"s{i}", new SeededRandom(plans.Next())));
        var services = new SeededRandom(cluster.Seed ^ ServiceStream);
        for (var i = Context.Focus.Services ? services.Between(1, 2) : 0; i > 0; i--)
            _keepers.Add(new Keeper(Context, $"web{i}", new SeededRandom(services.Next())));
        var scaling = new SeededRandom(cluster.Seed ^ ScalingStream);
        for (var i = Context.Focus.Scales ? scaling.Between(1, 2) : 0; i > 0; i--)
            _scalers.Add(new Scaler(Context, $"auto{i}", new SeededRandom(scaling.Next())));
        if (Context.Focus.Calls)
            AddCallers(new SeededRandom(cluster.Seed ^ CallStream));
        var frameworks = new SeededRandom(cluster.Seed ^ FrameworkStream);
        for (var i = Context.Focus.Frameworks ? frameworks.Between(1, 3) : 0; i > 0; i--)
            _frameworks.Add(new FrameworkUser(Context, $"fw{i}", new SeededRandom(frameworks.Next())));
        if (Context.Focus.Frameworks)
            AddBehaviours(new SeededRandom(cluster.Seed ^ BehaviourStream));
    }

    public WorkloadContext Context { get; }

    public int Jobs => _clients.Sum(client => client.Jobs);

    public int Tasks => _clients.Sum(client => client.Tasks);

    public void Start()
    {
        foreach (var client in _clients)
            Context.Process.Run(client.Run);
        Context.Process.Run(_operator.Run);
        Context.Process.Run(_rival.Run);
        if (Context.Focus.Teams)
            Context.Process.Run(_teams.Run);
        if (_crowd is not null)
            Context.Process.Run(_crowd.Run);
        if (_reader is not null)
            Context.Process.Run(_reader.Run);
        foreach (var planner in _planners)
            Context.Process.Run(planner.Run);
        foreach (var keeper in _keepers)
            Context.Process.Run(keeper.Run);
        foreach (var scaler in _scalers)
            Context.Process.Run(scaler.Run);
        foreach (var caller in _callers)
            Context.Process.Run(caller.Run);
        foreach (var framework in _frameworks)
            Context.Process.Run(framework.Run);
        foreach (var framework in _behaviours)
            Context.Process.Run(framework.Run);
    }

    /// <summary>Nothing new begins; what has been asked for is brought to its end, and what never ends by itself is stopped.</summary>
    public void Finish() => Context.IsFinishing = true;

    public IEnumerable<string> Unfinished() => _clients.Where(client => !client.HasFinished).Select(client => $"client {client.Name}")
        .Concat(_operator.HasFinished ? [] : ["the operator"])
        .Concat(_rival.HasFinished ? [] : ["the rival scheduler"])
        .Concat(!Context.Focus.Teams || _teams.HasFinished ? [] : ["the administrator of teams"])
        .Concat(_crowd?.HasFinished != false ? [] : ["the crowd"])
        .Concat(_reader?.HasFinished != false ? [] : ["the reader"])
        .Concat(_planners.Where(planner => !planner.HasFinished).Select(planner => $"who has made schedule {planner.Name}"))
        .Concat(_keepers.Where(keeper => !keeper.HasFinished).Select(keeper => $"who keeps service {keeper.Name}"))
        .Concat(_scalers.Where(scaler => !scaler.HasFinished).Select(scaler => $"who uses service {scaler.Name}"))
        .Concat(_callers.Where(caller => !caller.HasFinished).Select(_ => "who calls a service"))
        .Concat(_frameworks.Where(framework => !framework.HasFinished).Select(framework => $"framework {framework.Name}, {framework.Describe()}"))
        .Concat(_behaviours.Where(framework => !framework.HasFinished).Select(framework => $"framework {framework.Name}, {framework.Describe()}"));

    private void AddCallers(SeededRandom random)
    {
        var keeper = new Keeper(Context, "site", new SeededRandom(random.Next()), isCalled: true);
        var entries = new HostEntries(Context, keeper.Name);
        _keepers.Add(keeper);
        for (var i = 0; i < Callers; i++)
            _callers.Add(new Caller(Context, entries, keeper, new SeededRandom(random.Next())));
    }

    private void AddBehaviours(SeededRandom random)
    {
        if (random.Chance(0.5))
            _behaviours.Add(new SdkFramework(Context, "sdk", new SeededRandom(random.Next())));
        if (random.Chance(0.5))
            _behaviours.Add(new StealingFramework(Context, "thief", new SeededRandom(random.Next())));
        if (random.Chance(0.5))
            _behaviours.Add(new FloodingFramework(Context, "flood", new SeededRandom(random.Next())));
        for (var i = random.Between(0, 2); i > 0; i--)
            _behaviours.Add(new DyingFramework(Context, $"mortal{i}", new SeededRandom(random.Next())));
    }
}
