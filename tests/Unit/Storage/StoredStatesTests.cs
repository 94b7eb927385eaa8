using Orleans.Storage;
using OrleansCluster.Grains.Storage;

namespace OrleansCluster.Tests.Unit.Storage;

public sealed class StoredStatesTests
{
    [Fact]
    public async Task Write_NothingComesBetween_IsWritten()
    {
        var state = new HeldState { State = "old" };

        await state.Write("new");

        Assert.Equal("new", state.Written);
    }

    [Fact]
    public async Task Write_AReadTakesItsPlaceBefore_IsNotTakenForWritten()
    {
        var state = new HeldState { State = "old", ReadsBeforeItWrites = "another activation's" };

        await Assert.ThrowsAsync<InconsistentStateException>(() => state.Write("new"));
    }

    /// <summary>As the embedded engine's: a read that was asked for before a write ends before it, and the write takes what is there then.</summary>
    private sealed class HeldState : IPersistentState<string>
    {
        public required string State { get; set; }
        public string? ReadsBeforeItWrites { get; init; }
        public string? Written { get; private set; }
        public string? Etag => "1";
        public bool RecordExists => true;

        public Task WriteStateAsync()
        {
            State = ReadsBeforeItWrites ?? State;
            Written = State;
            return Task.CompletedTask;
        }

        public Task ReadStateAsync() => Task.CompletedTask;

        public Task ClearStateAsync() => Task.CompletedTask;
    }
}
