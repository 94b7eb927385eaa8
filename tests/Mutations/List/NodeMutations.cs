using System.Collections.Immutable;

namespace OrleansCluster.Mutations.List;

/// <summary>What a node's grain does for its agent and its tasks.</summary>
internal static class NodeMutations
{
    private const string Node = "grains/Resources/NodeGrain.cs";

    public static ImmutableArray<Mutation> All { get; } =
    [
        new(
            "loss-not-told",
            "The claims of a lost node are given back without a word to their tasks.",
            300,
            new Edit.OfStatements(Node, "await Task.WhenAll(lost.OfTasks.Select(c => TaskOf(c.TaskId).NodeLost(Node, c.Attempt)));", "")),
        new(
            "node-never-refreshed",
            "A node's grain knows of its claims only what messages tell it.",
            1000,
            new Edit.OfExpression(Node, "clock.GetElapsedTime(_refreshedAt) > _refreshPeriod", "false")),
        new(
            "claim-never-released",
            "The claim of a task that has ended is not given back.",
            300,
            new Edit.OfStatements(Node, "await Release([.. released]);", "")),
    ];
}
