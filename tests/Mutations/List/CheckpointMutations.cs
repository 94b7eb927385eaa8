using System.Collections.Immutable;

namespace OrleansCluster.Mutations.List;

/// <summary>What an attempt goes on from.</summary>
internal static class CheckpointMutations
{
    private const string Rules = "grains/Tasks/Checkpoints/TaskCheckpointing.cs";
    private const string Agent = "silo/Agent/Checkpoints/AgentCheckpoints.cs";
    private const string Supervisor = "silo/Agent/Supervision/TaskSupervisor.Checkpoints.cs";

    public static ImmutableArray<Mutation> All { get; } =
    [
        new(
            "checkpoint-not-restored",
            "An attempt begins from nothing though there is a checkpoint.",
            300,
            new Edit.OfExpression(Supervisor, "_checkpoints.Orders?.Restore", "(TaskCheckpoint?)null")),
        new(
            "checkpoint-of-earlier-attempt-accepted",
            "A task takes a checkpoint that comes late, of an attempt after which another has begun.",
            3000,
            new Edit.OfExpression(Rules, "report.Attempt != task.Attempt || task.State == TaskState.Stopped", "task.State == TaskState.Stopped"),
            new Edit.OfExpression(Rules, "taken.Attempt == attempt", "true")),
        new(
            "checkpoint-before-whole",
            "A task is told of a checkpoint before the store has all of it.",
            300,
            new Edit.OfStatements(Agent, "await store.Put(key, packed.Content, cancellationToken);", "_ = store.Put(key, packed.Content, cancellationToken);")),
        new(
            "older-checkpoint-restored",
            "An attempt begins with the oldest checkpoint that is kept.",
            300,
            new Edit.OfExpression(Rules, "known.Kept is [.., var newest] ? newest : null", "known.Kept.FirstOrDefault()")),
    ];
}
