using System.Collections.Immutable;

namespace OrleansCluster.Mutations.List;

/// <summary>What the store refuses, and what is made of its answers.</summary>
internal static class StoreMutations
{
    private const string Tables = "grains/Storage/Memory/MemoryTables.cs";
    private const string GrainStorage = "grains/Storage/StoreGrainStorage.cs";
    private const string Catching = "grains/Storage/StoredStates.cs";

    public static ImmutableArray<Mutation> All { get; } =
    [
        new(
            "node-etag-unchecked",
            "The store takes a node's row whatever its writer had read.",
            300,
            new Edit.OfExpression(Tables, "(nodes.TryGetValue(write.Row.Node, out var row) ? row.ETag : 0) != write.ExpectedETag", "false")),
        new(
            "state-etag-unchecked",
            "The store takes a grain's state whatever its writer had read.",
            300,
            new Edit.OfExpression(Tables, "(ofKind.GetValueOrDefault(write.Key)?.ETag ?? 0) != write.ExpectedETag", "false")),
        new(
            "conflict-taken-for-success",
            "A grain takes its state for written though the store has refused it.",
            300,
            new Edit.OfExpression(GrainStorage, "result.IsCommitted", "true")),
        new(
            "stale-reads",
            "A grain that another activation has written past answers from what it remembers.",
            300,
            new Edit.OfExpression(Catching, "Spell(stored) == before || state.Etag != before", "true")),
        new(
            "read-while-written",
            "A grain takes its state for written though a read has put what was stored in its place.",
            1500,
            new Edit.OfExpression(Catching, "!ReferenceEquals(state.State, next)", "false")),
    ];
}
