using System.Collections.Immutable;
using OrleansCluster.Silo.Agent.Health;

namespace OrleansCluster.Silo.Agent.Simulated;

/// <summary>One container in memory. Guarded by its runtime's lock; only <see cref="Grown"/> is waited on outside.</summary>
internal sealed class SimulatedContainer(string id, ContainerLaunch launch, TimeProvider clock)
{
    private const int KilledByMemory = 137;
    private const int Killed = 137;

    /// <summary>Exit code of what ended on the stop signal.</summary>
    public const int Terminated = 143;

    private readonly ImmutableArray<SimulatedOperation> _program = SimulatedProgram.Parse(launch.Spec);
    private readonly List<LogLine> _lines = [];
    private int _next;
    private ITimer? _timer;
    private bool _hasCounted;
    private HealthTracker? _health;
    private ITimer? _checks;
    private SimulatedUse _use;
    private TimeSpan _used;
    private DateTimeOffset? _usedAt;

    public string Id { get; } = id;
    public ContainerLaunch Launch { get; } = launch;
    public ContainerInfo Info { get; private set; } = new() { Id = id, Labels = launch.Labels, Status = ContainerStatus.Created };
    public IReadOnlyList<LogLine> Lines => _lines;

    /// <summary>Replaced whenever there is something new to see; the one before completes then.</summary>
    public TaskCompletionSource Grown { get; private set; } = new();

    public bool IgnoresStop { get; private set; }

    /// <summary>Whether health checks succeed.</summary>
    public bool IsWell { get; private set; } = true;

    /// <summary>Since when its health checks do as they do now.</summary>
    public DateTimeOffset MoodSince { get; private set; }

    public SimulatedFiles Files { get; } = new();

    /// <param name="check">Called when one of the checks is due that a runtime makes itself.</param>
    public void Start(SimulatedPorts ports, Action check)
    {
        var now = clock.GetUtcNow();
        Info = Info with { Status = ContainerStatus.Running, StartedAt = now, Ports = ports.Publish(Launch) };
        MoodSince = now;
        if (Launch.Spec.HealthCheck is not { } spec || HealthProbes.Covers(spec))
            return;
        _health = HealthTracker.Begin(HealthTiming.Of(spec), now, now);
        Info = Info with { Health = new HealthFinding(HealthStatus.Unknown, null) };
        _checks = clock.CreateTimer(_ => check(), null, _health.Pause, Timeout.InfiniteTimeSpan);
    }

    /// <param name="use">What it has used since this was last read; <see langword="null"/> for what its program says.</param>
    public ContainerUsage ReadUsage(SimulatedUse? use)
    {
        var (now, amount) = (clock.GetUtcNow(), use ?? _use);
        _used += (now - (_usedAt ?? Info.StartedAt ?? now)) * (amount.Cpu / 1000.0);
        _usedAt = now;
        return new ContainerUsage(_used, (long)amount.Memory << 20, now);
    }

    /// <returns>Whether its health is another now.</returns>
    public bool Check()
    {
        if (_health is null || Info.Status != ContainerStatus.Running)
            return false;
        var now = clock.GetUtcNow();
        var before = _health.Status;
        _health = _health.After(new ProbeResult(now, Fault), now);
        _checks!.Change(_health.Pause, Timeout.InfiniteTimeSpan);
        Info = Info with { Health = new HealthFinding(_health.Status, _health.Reason) };
        return _health.Status != before;
    }

    /// <summary>What a check runs into; <see langword="null"/> while it is well.</summary>
    public string? Fault => IsWell && Info.Status == ContainerStatus.Running ? null : "it says that it is unhealthy";

    /// <summary>Runs until the program sleeps or ends; <paramref name="wake"/> is called when it has slept enough.</summary>
    /// <returns>What to complete once the lock is left.</returns>
    public ImmutableArray<TaskCompletionSource> Run(Action wake)
    {
        while (Info.Status == ContainerStatus.Running)
        {
            switch (_next < _program.Length ? _program[_next++] : new SimulatedOperation.Exit(0))
            {
                case SimulatedOperation.Sleep sleep:
                    _timer?.Dispose();
                    _timer = clock.CreateTimer(_ => wake(), null, sleep.Duration, Timeout.InfiniteTimeSpan);
                    return Show();
                case SimulatedOperation.Count count when CountOn(count):
                    _next--;
                    _timer?.Dispose();
                    _timer = clock.CreateTimer(_ => wake(), null, count.Every, Timeout.InfiniteTimeSpan);
                    return [];
                case SimulatedOperation.Print print:
                    _lines.Add(new LogLine(clock.GetUtcNow(), "stdout", print.Text));
                    break;
                case SimulatedOperation.BeWell state:
                    IsWell = state.IsWell;
                    MoodSince = clock.GetUtcNow();
                    break;
                case SimulatedOperation.Use use:
                    ReadUsage(null);
                    _use = use.Amount;
                    break;
                case SimulatedOperation.IgnoreStop:
                    IgnoresStop = true;
                    break;
                case SimulatedOperation.ExhaustMemory:
                    return End(KilledByMemory, outOfMemory: true);
                case SimulatedOperation.Exit exit when Launch.Labels.Attempt < exit.Before:
                    return End(exit.Code, outOfMemory: false);
            }
        }

        return [];
    }

    /// <summary>Whether there is more to count.</summary>
    private bool CountOn(SimulatedOperation.Count count)
    {
        var known = Files.ReadCount(count.Directory);
        if (_hasCounted || known is null)
            Files.WriteCount(count.Directory, known + 1 ?? 0);
        _hasCounted = Files.ReadCount(count.Directory) < count.To;
        return _hasCounted;
    }

    public ImmutableArray<TaskCompletionSource> Terminate() => End(Terminated, outOfMemory: false);

    public ImmutableArray<TaskCompletionSource> Kill() => End(Killed, outOfMemory: false);

    private ImmutableArray<TaskCompletionSource> End(int exitCode, bool outOfMemory)
    {
        if (Info.Status == ContainerStatus.Stopped)
            return [];
        _timer?.Dispose();
        _checks?.Dispose();
        Info = Info with { Status = ContainerStatus.Stopped, Ports = [], ExitCode = exitCode, OutOfMemory = outOfMemory, EndedAt = clock.GetUtcNow() };
        return Show();
    }

    private ImmutableArray<TaskCompletionSource> Show()
    {
        var before = Grown;
        Grown = new TaskCompletionSource();
        return [before];
    }
}
