using System.Collections.Immutable;

namespace OrleansCluster.Grains.Storage;

/// <summary>A grain state that our store lists by index, and whose writes append events in the same transaction.</summary>
public interface IStoredState
{
    StateIndex ToIndex();

    /// <summary>The events of the write under way; not part of the stored JSON.</summary>
    ImmutableArray<EventDraft> PendingEvents { get; }
}
