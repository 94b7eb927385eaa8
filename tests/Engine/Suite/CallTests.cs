using OrleansCluster.Tests.Engine.Grains;

namespace OrleansCluster.Tests.Engine.Suite;

public sealed class CallTests : EngineSuite
{
    [Fact]
    public async Task Call_WithRecord_ComesBackEqual()
    {
        var note = new Note("text", [1, 2, 3]);

        var answer = await Grains.GetGrain<IEchoGrain>("a").Echo(note);

        Assert.Equal("text", answer.Text);
        Assert.Equal([1, 2, 3], answer.Numbers);
    }

    [Fact]
    public async Task Call_OfValueTaskMethods_Answers()
    {
        Assert.Equal(7, await Grains.GetGrain<IEchoGrain>("a").EchoValue(7));
        await Grains.GetGrain<IEchoGrain>("a").Nothing();
    }

    [Fact]
    public async Task Identity_OfGrain_IsTypeAndKey() =>
        Assert.Equal("echo task/1 echo/task/1", await Grains.GetGrain<IEchoGrain>("task/1").Identity());

    [Fact]
    public void GetGrain_SameKey_GivesEqualReferences()
    {
        Assert.Equal(Grains.GetGrain<IEchoGrain>("a"), Grains.GetGrain<IEchoGrain>("a"));
        Assert.NotEqual(Grains.GetGrain<IEchoGrain>("a"), Grains.GetGrain<IEchoGrain>("b"));
        Assert.Equal("a", Grains.GetGrain<IEchoGrain>("a").GetPrimaryKeyString());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Call_ThatThrows_GivesCallerTheSameExceptionType(bool synchronously)
    {
        var failure = await Assert.ThrowsAsync<ArgumentException>(
            () => Grains.GetGrain<IEchoGrain>("a").Fail("no such thing", synchronously));

        Assert.Equal("no such thing", failure.Message);
        Assert.Contains(nameof(EchoGrain), failure.StackTrace, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_ThatThrowsTwoGrainsAway_KeepsTypeAndStack()
    {
        var failure = await Assert.ThrowsAsync<ArgumentException>(() => Grains.GetGrain<IEchoGrain>("a").RelayFailure("b", "far away"));

        Assert.Equal("far away", failure.Message);
        Assert.Contains("FailLater", failure.StackTrace, StringComparison.Ordinal);
        Assert.Contains("RelayFailure", failure.StackTrace, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_FromOutside_ContinuesOutsideTheGrain()
    {
        var grain = Grains.GetGrain<IGateGrain>("a");
        await grain.CountSlowly();

        // In a turn of the grain this would wait for ever.
        Assert.True(((IAsyncResult)grain.CountSlowly()).AsyncWaitHandle.WaitOne(TimeSpan.FromSeconds(20)));
    }

    [Fact]
    public async Task Call_SlowerThanItsResponseTimeout_TimesOut()
    {
        await Assert.ThrowsAsync<TimeoutException>(() => Grains.GetGrain<IEchoGrain>("a").TooSlow("slow"));

        Probe.Open("slow");
        await Probe.SeenAsync("out slow");
        Assert.Equal(1, await Grains.GetGrain<IEchoGrain>("a").EchoValue(1));
    }

    [Fact]
    public async Task Call_BehindOneThatBlocks_TimesOutWithoutHavingRun()
    {
        var slow = Grains.GetGrain<IEchoGrain>("a").OneWay("hold", fail: false);
        await Probe.SeenAsync("in hold");

        await Assert.ThrowsAsync<TimeoutException>(() => Grains.GetGrain<IEchoGrain>("a").TooSlow("late"));

        Probe.Open("hold");
        await slow;
        Assert.Equal(1, await Grains.GetGrain<IEchoGrain>("a").EchoValue(1));
        Assert.DoesNotContain("in late", Probe.Events);
    }
}
