using OrleansCluster.Tests.Engine.Grains;
using Orleans.Storage;

namespace OrleansCluster.Tests.Engine.Suite;

public sealed class StorageTests : EngineSuite
{
    private ICounterGrain Counter => Grains.GetGrain<ICounterGrain>("a");

    [Fact]
    public async Task State_OfNewGrain_IsEmptyAndDoesNotExist() => Assert.Equal((0, false, 1), await Counter.Get());

    [Fact]
    public async Task State_AfterReactivation_IsWhatWasWritten()
    {
        await Counter.Add(5);
        Host.Storage.Overwrite("counter", "a", new CounterState { Value = 40 });
        await Assert.ThrowsAsync<InconsistentStateException>(() => Counter.Add(1));

        Assert.Equal((40, true, 2), await Counter.Get());
        Assert.Equal(42, await Counter.Add(2));
    }

    [Fact]
    public async Task State_AfterConflictInAnotherGrain_DropsOnlyThatOne()
    {
        await Counter.Add(1);
        Host.Storage.Overwrite("counter", "a", new CounterState { Value = 7 });
        var caller = Grains.GetGrain<ICounterGrain>("caller");
        await caller.Get();

        await Assert.ThrowsAsync<InconsistentStateException>(() => caller.AddTo("a", 1));

        Assert.Equal(2, (await caller.Get()).Activation);
        Assert.Equal(3, (await Counter.Get()).Activation);
        Assert.Equal(8, await caller.AddTo("a", 1));
    }

    [Fact]
    public async Task Refresh_AfterChangeInTheStore_ReadsIt()
    {
        await Counter.Add(1);
        Host.Storage.Overwrite("counter", "a", new CounterState { Value = 9 });

        Assert.Equal(9, await Counter.Refresh());
        Assert.Equal(10, await Counter.Add(1));
    }

    [Fact]
    public async Task Clear_ThenGet_IsEmptyAgain()
    {
        await Counter.Add(1);

        await Counter.Clear();

        Assert.Equal((0, false, 1), await Counter.Get());
        Assert.Equal(2, await Counter.Add(2));
    }

    [Fact]
    public async Task Write_WhenStorageFails_ReachesCallerAndKeepsTheActivation()
    {
        await Counter.Add(1);
        Host.Storage.Failure = new IOException("disk on fire");

        var failure = await Assert.ThrowsAnyAsync<OrleansException>(() => Counter.Add(1));

        Assert.IsType<IOException>(failure.InnerException);
        Host.Storage.Failure = null;
        Assert.Equal(1, (await Counter.Get()).Activation);
    }

    [Fact]
    public async Task Activation_WhenReadFails_FailsCallerAndTheNextCallTriesAnew()
    {
        Host.Storage.Failure = new IOException("disk on fire");
        await Assert.ThrowsAnyAsync<OrleansException>(() => Counter.Get());

        Host.Storage.Failure = null;

        Assert.Equal((0, false, 1), await Counter.Get());
    }

    [Fact]
    public async Task WriteStateAsync_WhileOneIsInFlight_WritesTheNewestOnceMore()
    {
        await Counter.Get();
        Host.Storage.WriteGate = "disk";
        var writes = Counter.WriteThrice();
        await Probe.SeenAsync("asked to write");

        Probe.Open("disk");
        await writes;

        Assert.Equal(2, Host.Storage.Writes);
        Assert.Equal(["write 1", "write 3"], Probe.Events.Where(e => e.StartsWith("write ", StringComparison.Ordinal)));
    }
}
