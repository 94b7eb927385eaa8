using Orleans.Storage;
using OrleansCluster.Grains.Storage;

namespace OrleansCluster.Tests.Store;

/// <summary>Grain states over the database, through the provider that a silo registers.</summary>
public sealed class StoreGrainStorageTests : IDisposable
{
    private static readonly GrainId _id = GrainId.Create("sample", "task/default/j.a.0");

    private readonly TestDirectory _directory = new();
    private readonly SqliteHouse _house;

    public StoreGrainStorageTests() => _house = new SqliteHouse(_directory.Database);

    [Fact]
    public async Task Read_NothingStored_AnswersAFreshState()
    {
        var state = new GrainState<SampleState> { State = new SampleState { Job = "left over" }, ETag = "4", RecordExists = true };

        await _house.GrainStorage.ReadStateAsync("sample", _id, state);

        Assert.Equal(("", null, false), (state.State!.Job, state.ETag, state.RecordExists));
    }

    [Fact]
    public async Task Write_ThenRead_AnswersWhatWasWritten()
    {
        var written = new GrainState<SampleState>(new SampleState { Job = "j", Attempt = 2 });
        await _house.GrainStorage.WriteStateAsync("sample", _id, written);
        written.State!.Attempt = 3;
        await _house.GrainStorage.WriteStateAsync("sample", _id, written);

        var read = await Read();

        Assert.Equal(("2", true), (written.ETag, written.RecordExists));
        Assert.Equal(("2", true, 3), (read.ETag, read.RecordExists, read.State!.Attempt));
    }

    [Fact]
    public async Task Write_StoredState_IsListedUnderItsIndexWithItsEvents()
    {
        var state = new SampleState { Job = "j", Attempt = 1, Status = NodeStatus.Draining, PendingEvents = [Rows.Event("j.a.0")] };

        await _house.GrainStorage.WriteStateAsync("sample", _id, new GrainState<SampleState>(state));

        var query = new StateQuery { Kind = "sample", Cluster = Rows.Cluster, Parent = "j", Status = "Draining", IsLive = true };
        Assert.Equal("task/default/j.a.0", Assert.Single(await _house.Store.ListStates(query, default)).Key);
        Assert.Equal(Rows.Event("j.a.0"), Assert.Single(await _house.Store.ReadEvents(Rows.Cluster, 0, 10, default)).Event);
    }

    [Fact]
    public async Task Write_StateOfAnyOtherType_IsStoredWithoutIndex()
    {
        await _house.GrainStorage.WriteStateAsync("plain", _id, new GrainState<List<int>>([1, 2]));

        var row = await _house.Store.ReadState("plain", _id.Key.ToString()!, default);

        Assert.Equal((StateIndex.None, "[1,2]"), (row!.Index, row.Json));
    }

    [Fact]
    public async Task Write_StaleETag_ThrowsWithBothETagsAndAppendsNoEvent()
    {
        var fresh = new GrainState<SampleState>(new SampleState());
        await _house.GrainStorage.WriteStateAsync("sample", _id, fresh);
        var stale = await Read();
        await _house.GrainStorage.WriteStateAsync("sample", _id, fresh);
        stale.State!.PendingEvents = [Rows.Event("j.a.0")];

        var thrown = await Assert.ThrowsAsync<InconsistentStateException>(() => _house.GrainStorage.WriteStateAsync("sample", _id, stale));

        Assert.Equal(("2", "1"), (thrown.StoredEtag, thrown.CurrentEtag));
        Assert.Equal("1", stale.ETag);
        Assert.Equal(0, await _house.Store.LastEvent(Rows.Cluster, default));
    }

    [Fact]
    public async Task Write_FirstWriteOfTwo_SecondThrows()
    {
        await _house.GrainStorage.WriteStateAsync("sample", _id, new GrainState<SampleState>(new SampleState()));

        var thrown = await Assert.ThrowsAsync<InconsistentStateException>(
            () => _house.GrainStorage.WriteStateAsync("sample", _id, new GrainState<SampleState>(new SampleState())));

        Assert.Equal(("1", null), (thrown.StoredEtag, thrown.CurrentEtag));
    }

    [Fact]
    public async Task Clear_StoredState_DeletesIt()
    {
        var state = new GrainState<SampleState>(new SampleState { Job = "j" });
        await _house.GrainStorage.WriteStateAsync("sample", _id, state);

        await _house.GrainStorage.ClearStateAsync("sample", _id, state);

        Assert.Equal(("", null, false), (state.State!.Job, state.ETag, state.RecordExists));
        Assert.False((await Read()).RecordExists);
        await _house.GrainStorage.WriteStateAsync("sample", _id, state);
        Assert.Equal("1", state.ETag);
    }

    [Fact]
    public async Task Clear_StaleETag_ThrowsAndKeepsTheState()
    {
        await _house.GrainStorage.WriteStateAsync("sample", _id, new GrainState<SampleState>(new SampleState()));

        await Assert.ThrowsAsync<InconsistentStateException>(
            () => _house.GrainStorage.ClearStateAsync("sample", _id, new GrainState<SampleState>(new SampleState(), "9")));

        Assert.True((await Read()).RecordExists);
    }

    public void Dispose()
    {
        _house.Dispose();
        _directory.Dispose();
    }

    private async Task<GrainState<SampleState>> Read()
    {
        var state = new GrainState<SampleState>();
        await _house.GrainStorage.ReadStateAsync("sample", _id, state);
        return state;
    }
}
