using OrleansCluster.Tests.Engine.Grains;

namespace OrleansCluster.Tests.Engine.Suite;

public sealed class TimerTests : EngineSuite
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(10);

    private ITimerGrain Timer => Grains.GetGrain<ITimerGrain>("a");

    [Fact]
    public async Task Timer_WithPeriod_TicksAgainAndAgain()
    {
        await Timer.Start("t", TimeSpan.Zero, Soon, interleave: false, fail: false);

        await Probe.SeenAsync("tick t", 3);
    }

    [Fact]
    public async Task Timer_ThatFails_IsLoggedAndTicksAgain()
    {
        await Timer.Start("t", TimeSpan.Zero, Soon, interleave: false, fail: true);

        await Probe.SeenAsync("tick t", 3);
        await Probe.SeenAsync("logged FormatException: t failed", 2);
    }

    [Fact]
    public async Task Timer_WithInfinitePeriod_TicksOnceUntilChanged()
    {
        await Timer.Start("t", TimeSpan.Zero, Timeout.InfiniteTimeSpan, interleave: false, fail: false);
        await Probe.SeenAsync("tick t");

        await Timer.Change(TimeSpan.Zero, Soon);

        await Probe.SeenAsync("tick t", 3);
    }

    [Fact]
    public async Task Timer_WhileACallRuns_WaitsForItsEnd()
    {
        var hold = Timer.Hold("call");
        await Probe.SeenAsync("in call");
        var start = Timer.Start("t", TimeSpan.Zero, Soon, interleave: false, fail: false);
        Probe.Open("call");
        await Task.WhenAll(hold, start);
        await Probe.SeenAsync("tick t");
        hold = Timer.Hold("second call");
        await Probe.SeenAsync("in second call");

        Probe.Open("second call");
        await hold;
        await Probe.SeenAsync("tick t", Probe.Events.Count(e => e == "tick t") + 2);

        Assert.DoesNotContain("tick t within a call", Probe.Events);
    }

    [Fact]
    public async Task Timer_AskedToInterleave_TicksWithinCalls()
    {
        await Timer.Start("t", TimeSpan.Zero, Soon, interleave: true, fail: false);
        var hold = Timer.Hold("call");

        await Probe.SeenAsync("tick t within a call", 2);

        Probe.Open("call");
        await hold;
    }

    [Fact]
    public async Task Timer_DisposedDuringItsCallback_CancelsIt()
    {
        await Timer.StartLong("long");
        await Probe.SeenAsync("tick long");

        await Timer.Stop();

        await Probe.SeenAsync("end long");
    }
}
