using System.Globalization;
using System.Text.Json;
using Orleans.Storage;

namespace OrleansCluster.Grains.Storage;

/// <summary>
/// Keeps grain states in the transactional store: the state's name is the kind, the grain's key the key. A state that is an
/// <see cref="IStoredState"/> can be listed, and its events are appended by the write they belong to.
/// </summary>
public sealed class StoreGrainStorage(ITransactionalStore store) : IGrainStorage
{
    /// <summary>The provider's name, for <c>[PersistentState(name, StoreGrainStorage.Name)]</c>.</summary>
    public const string Name = "store";

    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var row = await store.ReadState(stateName, KeyOf(grainId), CancellationToken.None);
        if (row is null)
        {
            Reset(grainState);
            return;
        }

        grainState.State = JsonSerializer.Deserialize<T>(row.Json, StoreJson.Options);
        grainState.ETag = Spell(row.ETag);
        grainState.RecordExists = true;
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var expected = Parse(grainState.ETag);
        var write = StoredStates.ToWrite(stateName, KeyOf(grainId), expected, grainState.State);
        var events = (grainState.State as IStoredState)?.PendingEvents ?? [];
        await Commit(new CommitUnit { Cluster = write.Index.Cluster, States = [write], Events = events }, write);
        grainState.ETag = Spell(expected + 1);
        grainState.RecordExists = true;
    }

    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var write = new StateWrite { Kind = stateName, Key = KeyOf(grainId), ExpectedETag = Parse(grainState.ETag), Json = null };
        await Commit(new CommitUnit { Cluster = "", States = [write] }, write);
        Reset(grainState);
    }

    private async Task Commit(CommitUnit unit, StateWrite write)
    {
        var result = await store.Commit(unit, CancellationToken.None);
        if (result.IsCommitted)
            return;
        var stored = await store.ReadState(write.Kind, write.Key, CancellationToken.None);
        throw new InconsistentStateException($"Nothing was written: {result.Conflict}.", Spell(stored?.ETag ?? 0), Spell(write.ExpectedETag));
    }

    private static void Reset<T>(IGrainState<T> grainState)
    {
        grainState.State = Activator.CreateInstance<T>();
        grainState.ETag = null;
        grainState.RecordExists = false;
    }

    private static string KeyOf(GrainId grainId) => grainId.Key.ToString() ?? "";

    private static long Parse(string? etag) => etag is null ? 0 : long.Parse(etag, CultureInfo.InvariantCulture);

    /// <summary>Orleans's word for a record that does not exist is no ETag at all.</summary>
    private static string? Spell(long etag) => etag == 0 ? null : etag.ToString(CultureInfo.InvariantCulture);
}
