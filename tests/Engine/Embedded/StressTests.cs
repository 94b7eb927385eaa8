using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using OrleansCluster.Embedded;

namespace OrleansCluster.Tests.Engine.Embedded;

public sealed class StressTests
{
    private const int Callers = 16;
    private const int CallsEach = 2_000;
    private const int Keys = 20;

    /// <summary>On the thread pool, with activations going all the time and a collector besides.</summary>
    [Fact]
    public async Task Calls_WhileActivationsComeAndGo_AreAllAnsweredOnceByOneActivationAtATime()
    {
        var census = new Census();
        await using var services = new ServiceCollection()
            .AddSingleton(census)
            .AddEmbeddedEngine(options => options.GrainAssemblies.Add(typeof(StressTests).Assembly))
            .BuildServiceProvider();
        var engine = services.GetRequiredService<EmbeddedEngine>();
        using var done = new CancellationTokenSource();
        var takingDown = Task.Run(async () =>
        {
            while (!done.IsCancellationRequested) await engine.DeactivateAllAsync();
        });

        await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(async () =>
        {
            for (var i = 0; i < CallsEach; i++) await engine.GetGrain<ICensusGrain>($"k{(caller + i) % Keys}").Count(leave: i % 7 == 0);
        }))).WaitAsync(TimeSpan.FromMinutes(2));

        await done.CancelAsync();
        await takingDown;
        await engine.StopAsync(CancellationToken.None);
        Assert.Equal(Callers * CallsEach, census.Calls);
        Assert.Equal(1, census.MostAtOnce);
        Assert.All(census.Alive.Values, alive => Assert.Equal(0, alive));
        Assert.Equal(0, engine.GetStatistics().OpenCalls);
    }
}

internal sealed class Census
{
    private int _calls;
    private int _mostAtOnce;

    public ConcurrentDictionary<string, int> Alive { get; } = new();

    public int Calls => _calls;

    public int MostAtOnce => _mostAtOnce;

    public void Call() => Interlocked.Increment(ref _calls);

    public void Change(string key, int by)
    {
        var alive = Alive.AddOrUpdate(key, by, (_, before) => before + by);
        while (_mostAtOnce is var most && alive > most) Interlocked.CompareExchange(ref _mostAtOnce, alive, most);
    }
}

internal interface ICensusGrain : IGrainWithStringKey
{
    Task Count(bool leave);
}

internal sealed class CensusGrain(Census census) : Grain, ICensusGrain
{
    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        census.Change(this.GetPrimaryKeyString(), 1);
        await Task.Yield();
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await Task.Yield();
        census.Change(this.GetPrimaryKeyString(), -1);
    }

    public async Task Count(bool leave)
    {
        if (leave) DeactivateOnIdle();
        await Task.Yield();
        census.Call();
    }
}
