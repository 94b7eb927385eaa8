using OrleansCluster.Grains.Storage;

namespace OrleansCluster.Tests.Store.KillWriter;

internal sealed class PlannedWriter(ITransactionalStore store, int writer, Acknowledgements acknowledgements)
{
    /// <summary>Goes on where the stored state says that the last process came to.</summary>
    public async Task Write(int last)
    {
        var state = await store.ReadState(UnitPlan.StateKind, UnitPlan.StateKey(writer), CancellationToken.None);
        for (var unit = (int)(state?.ETag ?? 0) + 1; unit <= last; unit++)
        {
            var result = await store.Commit(UnitPlan.Unit(writer, unit), CancellationToken.None);
            if (!result.IsCommitted)
                throw new InvalidOperationException($"Writer {writer}, unit {unit}: {result.Conflict}");
            acknowledgements.Say(writer, unit);
        }
    }
}
