namespace OrleansCluster.Grains.Storage;

/// <param name="Sequence">Grows in commit order within a store; gaps mean nothing.</param>
public sealed record EventRow(long Sequence, EventDraft Event);
