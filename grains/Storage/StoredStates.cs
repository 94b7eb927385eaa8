using System.Globalization;
using System.Text.Json;
using Orleans.Storage;

namespace OrleansCluster.Grains.Storage;

internal static class StoredStates
{
    /// <summary>
    /// Reads the state again where another activation has written since this one read or wrote it. Two activations there can be for a while, and only a
    /// write would tell the older one; what is shown to others must not take back what they were shown by the newer.
    /// </summary>
    /// <returns>Whether it had been written.</returns>
    public static async Task<bool> CatchUp<T>(this IPersistentState<T> state, ITransactionalStore store, string kind, string key)
    {
        var before = state.Etag;
        var stored = await store.ReadState(kind, key, CancellationToken.None);

        // A write of this activation may have ended meanwhile.
        if (Spell(stored) == before || state.Etag != before)
            return false;
        await state.ReadStateAsync();
        return true;
    }

    /// <summary>
    /// Writes a state. Where a reader catches up at the same moment, what is stored may take its place before it is written: then nothing of this one was.
    /// </summary>
    /// <exception cref="InconsistentStateException">It was not written, or not it alone.</exception>
    public static async Task Write<T>(this IPersistentState<T> state, T next)
        where T : class
    {
        state.State = next;
        await state.WriteStateAsync();
        if (!ReferenceEquals(state.State, next))
            throw new InconsistentStateException("The state of another activation was read while this one was being written; try again.");
    }

    public static StateWrite ToWrite<T>(string kind, string key, long expectedETag, T state) => new()
    {
        Kind = kind,
        Key = key,
        ExpectedETag = expectedETag,
        Json = JsonSerializer.Serialize(state, StoreJson.Options),
        Index = (state as IStoredState)?.ToIndex() ?? StateIndex.None,
    };

    private static string? Spell(StateRow? row) => row?.ETag.ToString(CultureInfo.InvariantCulture);
}
