using System.Collections.Immutable;

namespace OrleansCluster.Mutations.List;

/// <summary>What an agent starts, keeps and clears away.</summary>
internal static class AgentMutations
{
    private const string Supervisor = "silo/Agent/Supervision/TaskSupervisor.cs";
    private const string Plan = "silo/Agent/Supervision/TaskPlan.cs";
    private const string Tasks = "silo/Agent/Supervision/TaskSet.cs";
    private const string Agent = "silo/Agent/NodeAgent.cs";
    private const string Reporter = "silo/Agent/AgentReporter.cs";

    public static ImmutableArray<Mutation> All { get; } =
    [
        new(
            "launch-without-approval",
            "An agent starts a claim's containers before the manager has said that the task is wanted.",
            300,
            new Edit.OfExpression(Supervisor, "_inbox.ApprovedBy is { } session && _context.Lease.IsGood(session)", "true")),
        new(
            "approval-of-earlier-session",
            "An agent starts containers on the word of a session that is over.",
            1500,
            new Edit.OfExpression("silo/Agent/AgentLease.cs", "session is { IsGood: true } && ReferenceEquals(session, _current)", "session is not null"),
            new Edit.OfExpression(Supervisor, "_inbox.ApprovedBy is not null || HasContainers()", "HasContainers()")),
        new(
            "containers-not-adopted",
            "A new agent does not take over the containers that it finds.",
            300,
            new Edit.OfExpression(Tasks, "found.Where(info => info.Labels.TaskId == claim.TaskId && info.Labels.Attempt == claim.Attempt)", "Enumerable.Empty<ContainerInfo>()")),
        new(
            "stopped-too-early",
            "An agent reports a task as stopped while its containers still run.",
            300,
            new Edit.OfExpression(Plan, "containers.Values.Any(IsRunning) ? TaskState.Stopping : TaskState.Stopped", "TaskState.Stopped")),
        new(
            "orphans-kept",
            "Containers without a claim stay on their host.",
            300,
            new Edit.OfExpression(Agent, "listed.Where(info => _tasks.Find(info.Labels) is null)", "listed.Where(_ => false)")),
        new(
            "report-lost",
            "A report that did not arrive is not sent again before the next session.",
            300,
            new Edit.OfStatements(Agent, "_tasks.ReportAgain();", ""),
            new Edit.OfExpression(Reporter, "!isDone", "false")),
    ];
}
