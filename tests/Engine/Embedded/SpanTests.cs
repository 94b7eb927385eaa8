using System.Diagnostics;

namespace OrleansCluster.Tests.Engine.Embedded;

internal interface ISpanGrain : IGrainWithStringKey
{
    /// <summary>The span that is current here, or at the end of the line.</summary>
    Task<string?> Current(string? next);

    /// <summary>The span that is current in a timer's tick that the call has set off.</summary>
    Task<string?> CurrentInATimer();
}

internal sealed class SpanGrain : Grain, ISpanGrain
{
    public Task<string?> Current(string? next) => next is null ? Task.FromResult(Activity.Current?.Id) : GrainFactory.GetGrain<ISpanGrain>(next).Current(null);

    public Task<string?> CurrentInATimer()
    {
        var seen = new TaskCompletionSource<string?>();
        this.RegisterGrainTimer(_ => Task.FromResult(seen.TrySetResult(Activity.Current?.Id)), new GrainTimerCreationOptions(TimeSpan.Zero, TimeSpan.FromHours(1)) { Interleave = true });
        return seen.Task;
    }
}

/// <summary>The caller's span goes with a call as the request context does; on Orleans its own filters do that.</summary>
public sealed class SpanTests
{
    [Fact]
    public void Span_OfTheCaller_IsCurrentDownTheLine()
    {
        using var world = new DeterministicWorld(seed: 1);
        using var span = new Activity("caller").Start();

        Assert.Equal(span.Id, world.Run(engine => engine.GetGrain<ISpanGrain>("a").Current("b")));
    }

    [Fact]
    public void Span_OfOneCall_IsGoneInTheNext()
    {
        using var world = new DeterministicWorld(seed: 1);
        using (new Activity("caller").Start())
            world.Run(engine => engine.GetGrain<ISpanGrain>("a").Current(null));

        Assert.Null(world.Run(engine => engine.GetGrain<ISpanGrain>("a").Current(null)));
    }

    [Fact]
    public void Span_OfACall_IsNotCurrentInATimerThatItSetsOff()
    {
        using var world = new DeterministicWorld(seed: 1);
        using var span = new Activity("caller").Start();

        Assert.Null(world.Run(engine => engine.GetGrain<ISpanGrain>("a").CurrentInATimer()));
    }

    [Fact]
    public void Span_ThatHasEndedWhenTheCallStarts_IsLeftOut()
    {
        using var world = new DeterministicWorld(seed: 1);

        var seen = world.Run(engine =>
        {
            // The call is posted while the span is current, and starts in a turn afterwards.
            using var span = new Activity("caller").Start();
            return engine.GetGrain<ISpanGrain>("a").Current(null);
        });

        Assert.Null(seen);
    }
}
