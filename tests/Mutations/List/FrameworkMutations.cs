using System.Collections.Immutable;

namespace OrleansCluster.Mutations.List;

/// <summary>That schedulers of others have what they were promised, and leave nothing behind.</summary>
internal static class FrameworkMutations
{
    public static ImmutableArray<Mutation> All { get; } =
    [
        new(
            "framework-not-told-again",
            "Updates that were told once are not told again, neither to who listens next nor to who has not acknowledged them.",
            300,
            new Edit.OfStatements("grains/Frameworks/FrameworkGrain.cs", "_tasks.TellAllAgain();", ""),
            new Edit.OfExpression("grains/Frameworks/FrameworkTasks.cs", "told.Value.At + Again <= now", "false")),
        new(
            "offers-of-predecessor-kept",
            "What an earlier activation has offered stays claimed.",
            300,
            new Edit.OfExpression("grains/Frameworks/OffersGrain.cs", "_allocator.NodesWithOffers().ToList()", "_allocator.NodesWithOffers().Take(0).ToList()")),
    ];
}
