using OrleansCluster.Embedded.Deterministic;

namespace OrleansCluster.Testing.Kernel;

/// <summary>One thread, one seed, virtual time: what everything simulated stands on.</summary>
internal sealed class World
{
    /// <summary>Steps without any time passing, after which nobody believes that it will.</summary>
    private const int MostSteps = 1_000_000;
    private static readonly DateTimeOffset _start = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private bool _isRunning;

    public World(ulong seed, Action<string>? listener)
    {
        Seed = seed;
        Random = new SeededRandom(seed ^ 0xA5A5_5A5A_0F0F_F0F0);
        Scheduler = new SeededScheduler(seed);
        Time = new VirtualTimeProvider(Scheduler, _start);
        Trace = new EventTrace(Time, listener);
    }

    public ulong Seed { get; }

    /// <summary>Chance of the world's own: faults, delays, workload.</summary>
    public SeededRandom Random { get; }

    public SeededScheduler Scheduler { get; }

    public VirtualTimeProvider Time { get; }

    public EventTrace Trace { get; }

    public FaultCounts Counts { get; } = new();

    /// <summary>The first thing that was not as it must be.</summary>
    public string? Violation { get; private set; }

    /// <summary>The calling thread is the world's from now on: tests go from thread to thread between their calls.</summary>
    public void Enter() => Scheduler.AdoptThread();

    public void Violate(string what)
    {
        if (Violation is not null)
            return;
        Violation = what;
        Trace.Add($"VIOLATION {what}");
    }

    /// <summary>Something of the world itself, belonging to no process: a message that arrives, a disk that has written.</summary>
    public void After(TimeSpan delay, Action action)
    {
        ITimer? timer = null;
        timer = Time.CreateTimer(
            _ =>
            {
                timer!.Dispose();
                action();
            },
            null,
            delay,
            Timeout.InfiniteTimeSpan);
    }

    /// <summary>As <see cref="After"/>, but never before what was asked of the same queue earlier.</summary>
    public void AfterInOrder(ref TimeSpan last, TimeSpan delay, Action action)
    {
        var due = Time.Elapsed + delay;
        last = due > last ? due : last + TimeSpan.FromTicks(1);
        After(last - Time.Elapsed, action);
    }

    /// <summary>Runs the world on the calling thread until the condition holds (true) or it is that late (false).</summary>
    /// <exception cref="SimulationException">An invariant was broken, or work escaped from the world.</exception>
    public bool Run(Func<bool> until, TimeSpan end)
    {
        if (_isRunning)
            throw new InvalidOperationException("The simulation runs already: code that runs in it asks grains, not the cluster.");
        _isRunning = true;

        // xunit installs one; awaits would post to it instead of to the scheduler.
        var outer = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        Enter();
        PoolEscapes.Watch(Scheduler);
        try
        {
            var (steps, since) = (0, Time.Elapsed);
            while (!until())
            {
                if (Time.Elapsed != since)
                    (steps, since) = (0, Time.Elapsed);
                if (!Scheduler.TryRunOne())
                {
                    Check();
                    if (!Time.TryAdvance(end))
                    {
                        Time.AdvanceTo(end);
                        return until();
                    }
                }

                if (Violation is not null || ++steps > MostSteps)
                {
                    if (steps > MostSteps)
                        Violate($"Time stands still: after {MostSteps} steps there is still work. The last turns: {string.Join(", ", Trace.LastTurns)}");
                    Check();
                }
            }

            Check();
            return true;
        }
        finally
        {
            _isRunning = false;
            PoolEscapes.Watch(null);
            SynchronizationContext.SetSynchronizationContext(outer);
        }
    }

    private void Check()
    {
        if (Scheduler.HasEscapes)
            Violate($"Work escaped to another thread, so that the seed no longer decides the order. First at:{Environment.NewLine}{Scheduler.Escapes[0]}");
        if (Violation is { } violation)
            throw new SimulationException(this, violation);
    }
}
