using Microsoft.Extensions.DependencyInjection;
using OrleansCluster.Tests.Engine.Grains;

namespace OrleansCluster.Tests.Engine.Embedded;

/// <summary>A run that the seed does not wholly decide must fail, not give another answer each time.</summary>
public sealed class EscapeTests
{
    public static TheoryData<string> Escapes => ["pool", "run-continuations", "when-any-delay", "configure-await"];

    [Theory]
    [MemberData(nameof(Escapes))]
    public void Run_WithWorkThatLeavesTheThread_Fails(string how)
    {
        using var world = new DeterministicWorld(seed: 1);

        var failure = Assert.Throws<InvalidOperationException>(() => world.Run(engine => engine.GetGrain<IEscapeGrain>("a").Escape(how)));

        Assert.Contains("escaped", failure.Message, StringComparison.Ordinal);
        Assert.Contains(nameof(EscapeGrain), failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_WithContainersThatCompileInTheBackground_Passes()
    {
        using var world = new DeterministicWorld(seed: 1);

        world.Run(_ => ResolveOften());
    }

    [Fact]
    public void Run_WithAServiceWhoseMakingLeavesTheThread_Fails()
    {
        using var world = new DeterministicWorld(seed: 1);

        var failure = Assert.Throws<InvalidOperationException>(() => world.Run(async _ =>
        {
            await using var services = new ServiceCollection().AddTransient<EscapingService>().BuildServiceProvider();
            services.GetRequiredService<EscapingService>();
        }));

        Assert.Contains(nameof(EscapingService), failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_ThatWaitsForNothing_SaysSo()
    {
        using var world = new DeterministicWorld(seed: 1);

        var failure = Assert.Throws<InvalidOperationException>(() => world.Run(_ => new TaskCompletionSource().Task));

        Assert.StartsWith("Stalled", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_BeyondItsLimit_SaysSo()
    {
        using var world = new DeterministicWorld(seed: 1);

        var failure = Assert.Throws<InvalidOperationException>(() => world.Run(_ => world.Delay(TimeSpan.FromDays(31))));

        Assert.StartsWith("Not done", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_WithCallThatIsNeverAnswered_TimesOutInVirtualTime()
    {
        using var world = new DeterministicWorld(seed: 1);

        world.Run(engine => Assert.ThrowsAsync<TimeoutException>(() => engine.GetGrain<IGateGrain>("a").Pass("never opened")));

        Assert.InRange(world.Time.Elapsed, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(31));
    }

    private static async Task ResolveOften()
    {
        // Each container compiles its resolvers when it is asked for the second time.
        for (var i = 0; i < 100; i++)
        {
            await using var services = new ServiceCollection().AddScoped<object>().BuildServiceProvider();
            for (var j = 0; j < 3; j++)
            {
                await using var scope = services.CreateAsyncScope();
                scope.ServiceProvider.GetRequiredService<object>();
            }
        }
    }

    private sealed class EscapingService
    {
        public EscapingService() => Task.Run(() => { });
    }
}
