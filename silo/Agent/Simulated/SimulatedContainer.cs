using System.Collections.Immutable;

namespace OrleansCluster.Silo.Agent.Simulated;

/// <summary>One container in memory. Guarded by its runtime's lock; only <see cref="Grown"/> is waited on outside.</summary>
internal sealed class SimulatedContainer(string id, ContainerLaunch launch, TimeProvider clock)
{
    private const int KilledByMemory = 137;
    private const int Killed = 137;
    private const int Terminated = 143;

    private readonly ImmutableArray<SimulatedOperation> _program = SimulatedProgram.Parse(launch.Spec);
    private readonly List<LogLine> _lines = [];
    private int _next;
    private ITimer? _timer;
    private bool _hasCounted;

    public string Id { get; } = id;
    public ContainerLaunch Launch { get; } = launch;
    public ContainerInfo Info { get; private set; } = new() { Id = id, Labels = launch.Labels, Status = ContainerStatus.Created };
    public IReadOnlyList<LogLine> Lines => _lines;

    /// <summary>Replaced whenever there is something new to see; the one before completes then.</summary>
    public TaskCompletionSource Grown { get; private set; } = new();

    public bool IgnoresStop { get; private set; }

    public SimulatedFiles Files { get; } = new();

    public void Start(SimulatedPorts ports) => Info = Info with { Status = ContainerStatus.Running, StartedAt = clock.GetUtcNow(), Ports = ports.Publish(Launch) };

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
