using System.Collections.Immutable;

namespace OrleansCluster.Mutations.List;

/// <summary>That schedulers of others have what they were promised, and leave nothing behind.</summary>
internal static class FrameworkMutations
{
    private const string Grain = "grains/Frameworks/FrameworkGrain.cs";
    private const string MayBeAway = "now - since > TimeSpan.FromSeconds(record.Spec.FailoverTimeout) + _patience";

    public static ImmutableArray<Mutation> All { get; } =
    [
        new(
            "framework-not-told-again",
            "Updates that were told once are not told again, neither to who listens next nor to who has not acknowledged them.",
            300,
            new Edit.OfStatements(Grain, "_tasks.TellAllAgain();", ""),
            new Edit.OfExpression("grains/Frameworks/FrameworkTasks.cs", "told.Value.At + Again <= now", "false")),
        new(
            "offers-of-predecessor-kept",
            "What an earlier activation has offered stays claimed.",
            300,
            new Edit.OfExpression("grains/Frameworks/OffersGrain.cs", "_allocator.NodesWithOffers().ToList()", "_allocator.NodesWithOffers().Take(0).ToList()")),
        new(
            "offer-of-another-accepted",
            "A framework may launch on what is offered to another.",
            300,
            new Edit.OfExpression("grains/Frameworks/FrameworkValidator.cs", "OfferId.FrameworkOf(offer) != tasks.Job.Name", "false")),
        new(
            "abandoned-never-removed",
            "A framework that stays away, and wanted its tasks stopped then, keeps them.",
            300,
            new Edit.OfExpression(Grain, MayBeAway, "false")),
        new(
            "abandoned-at-once",
            "A framework that nobody listens for is removed before it has been away for as long as it may.",
            300,
            new Edit.OfExpression(Grain, MayBeAway, "true")),
        new(
            "calls-not-limited",
            "As many calls are taken from a framework as it makes.",
            300,
            new Edit.OfExpression("grains/Frameworks/CallRate.cs", "_left < 1", "false")),
        new(
            "started-under-removed-framework",
            "A task that a framework has stored while it was being removed goes on.",
            300,
            new Edit.OfExpression("grains/Tasks/TaskOwner.cs", "FrameworkGrainState.MayStart(framework)", "true"),
            new Edit.OfExpression("grains/Frameworks/FrameworkGrain.Tasks.cs", "_record is not { IsRemoved: false }", "false")),
    ];
}
