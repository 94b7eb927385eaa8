using System.Collections.Immutable;

namespace OrleansCluster.Mutations.List;

/// <summary>What runs on while its node is cut off.</summary>
internal static class KeepMutations
{
    private const string Supervisor = "silo/Agent/Supervision/TaskSupervisor.cs";

    public static ImmutableArray<Mutation> All { get; } =
    [
        new(
            "keep-ignored-by-agent",
            "An agent whose lease is over stops what is to be kept, too.",
            600,
            new Edit.OfStatements(
                Supervisor,
                """
                if (_isKept)
                            return;
                """,
                "")),
        new(
            "keep-not-told-to-guard",
            "Containers do not carry that they are to be kept, so the guard stops them.",
            600,
            new Edit.OfExpression("silo/Agent/Supervision/TaskSupervisor.Steps.cs", "_isKept", "false")),
        new(
            "all-is-kept",
            "What is to be stopped while its node is cut off runs on, too.",
            600,
            new Edit.OfExpression(Supervisor, "definition.OnDisconnect == DisconnectPolicy.Keep", "true")),
        new(
            "leftovers-not-removed",
            "What was kept until its node was lost runs on after the node is back.",
            600,
            new Edit.OfStatements(Supervisor, "_inbox.ToEndReleased(TaskEnd.Unclaimed);", "if (!_isKept) _inbox.ToEndReleased(TaskEnd.Unclaimed);"),
            new Edit.OfExpression("silo/Agent/NodeAgent.cs", "_tasks.Find(info.Labels) is not null", "info.Labels.IsKept || _tasks.Find(info.Labels) is not null")),
    ];
}
