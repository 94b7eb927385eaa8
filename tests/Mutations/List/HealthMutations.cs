using System.Collections.Immutable;

namespace OrleansCluster.Mutations.List;

/// <summary>Whether a task's record says how its containers are.</summary>
internal static class HealthMutations
{
    private const string Rules = "grains/Tasks/TaskHealth.cs";
    private const string Agent = "silo/Agent/Supervision/TaskSupervisor.Health.cs";
    private const string Reports = "silo/Agent/Supervision/TaskSupervisor.Reports.cs";

    public static ImmutableArray<Mutation> All { get; } =
    [
        new(
            "health-not-reported",
            "An agent does not tell that a container's health has changed.",
            300,
            new Edit.OfExpression(
                Reports,
                "(reported[i].Status, reported[i].ExitCode, reported[i].Reason, reported[i].Health) != (view.Status, view.ExitCode, view.Reason, view.Health)",
                "(reported[i].Status, reported[i].ExitCode, reported[i].Reason) != (view.Status, view.ExitCode, view.Reason)")),
        new(
            "health-forgotten-with-the-agent",
            "A task takes it from a new agent, which has asked nobody yet, that its containers' health is unknown.",
            300,
            new Edit.OfExpression(Rules, "health?.Since is null", "health is null")),
        new(
            "health-of-what-was-found",
            "A new agent does not read what the runtime has found out of containers that run already.",
            1500,
            new Edit.OfStatements(Agent, "_inbox.Changed(spec.Name);", ""),
            new Edit.OfExpression(Agent, "_containers[listed.Labels.Container].Health?.Status != listed.Health.Status", "false")),
    ];
}
