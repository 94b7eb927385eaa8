using Microsoft.Extensions.DependencyInjection;
using OrleansCluster.Embedded;
using OrleansCluster.Embedded.Deterministic;

namespace OrleansCluster.Tests.Engine.Embedded;

/// <summary>The engine on one thread and in virtual time.</summary>
internal sealed class DeterministicWorld : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromDays(30);
    private readonly ServiceProvider _services;
    private readonly DeterministicRunner _runner;

    public DeterministicWorld(ulong seed, Action<EmbeddedEngineOptions>? configure = null, bool detectsRealTimers = false)
    {
        var scheduler = new SeededScheduler(seed);
        Time = new VirtualTimeProvider(scheduler, new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));
        Trace = new TraceHash(Time);
        _runner = new DeterministicRunner(scheduler, Time) { DetectsRealTimers = detectsRealTimers };
        var services = new ServiceCollection();
        SuiteServices.Add(services);
        services.AddSingleton<ITurnQueue>(scheduler);
        services.AddSingleton<TimeProvider>(Time);
        services.AddEmbeddedEngine(options =>
        {
            options.GrainAssemblies.Add(typeof(DeterministicWorld).Assembly);
            options.CollectionPeriod = Timeout.InfiniteTimeSpan;
            options.Observer = Trace;
            configure?.Invoke(options);
        });
        _services = services.BuildServiceProvider();
    }

    public VirtualTimeProvider Time { get; }

    public TraceHash Trace { get; }

    public EmbeddedEngine Engine => _services.GetRequiredService<EmbeddedEngine>();

    public Probe Probe => _services.GetRequiredService<Probe>();

    public MemoryStorage Storage => _services.GetRequiredService<MemoryStorage>();

    public T Run<T>(Func<EmbeddedEngine, Task<T>> work) => _runner.Run(() => work(Engine), Limit);

    public void Run(Func<EmbeddedEngine, Task> work) => Run(async engine =>
    {
        await work(engine);
        return 0;
    });

    public Task Delay(TimeSpan time) => Task.Delay(time, Time);

    public void Dispose() => _services.Dispose();
}
