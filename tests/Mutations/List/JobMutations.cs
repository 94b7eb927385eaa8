using System.Collections.Immutable;

namespace OrleansCluster.Mutations.List;

/// <summary>What a job starts, when it ends, and what of it outlives a crash.</summary>
internal static class JobMutations
{
    private const string Progress = "grains/Tasks/Jobs/JobProgress.cs";
    private const string Job = "grains/Tasks/Jobs/JobGrain.cs";
    private const string Graph = "grains/Tasks/Lifecycle/JobGraph.cs";
    private const string Recovery = "grains/Tasks/Jobs/RecoveryGrain.cs";

    public static ImmutableArray<Mutation> All { get; } =
    [
        new(
            "dependencies-ignored",
            "A task starts before those it depends on have succeeded.",
            300,
            new Edit.OfExpression(Graph, "AllSucceeded(_dependencies[task], progress)", "true")),
        new(
            "failed-dependency-ignored",
            "A job waits for tasks that can never start, because what they depend on has failed.",
            300,
            new Edit.OfExpression(Graph, "progress[dependency].HasFailed || never[dependency]", "false")),
        new(
            "job-ends-without-looking",
            "A job ends without asking the store for tasks that it does not know to run.",
            300,
            new Edit.OfExpression(Job, "plan.HasSucceeded || !await FindsLive()", "true")),
        new(
            "submission-not-stored",
            "A job is acknowledged before it is written.",
            300,
            new Edit.OfStatements(Job, "await Save(complete(ToRecord(spec, tasks)), \"job.submitted\");", "Take(complete(ToRecord(spec, tasks)));")),
        new(
            "plan-not-committed",
            "A plan that holds is answered as carried out, and its claims are not committed.",
            300,
            new Edit.OfExpression(
                "grains/Tasks/Jobs/JobGrain.Plan.cs",
                "await ClusterState.Commit(rest)",
                "(await ClusterState.Preview(rest)).Outcomes")),
        new(
            "overrides-ignored",
            "A task that names a definition with overrides runs the definition as it is.",
            300,
            new Edit.OfExpression("grains/Tasks/Jobs/JobResolver.cs", "ContainerOverrides.Apply(reference, task.Overrides)", "reference.Containers")),
        new(
            "stop-not-stored",
            "The stop of a job is acknowledged and only remembered.",
            300,
            new Edit.OfStatements(Job, "await Save(stopping, \"job.stopping\");", "_job = stopping;")),
        new(
            "job-never-looks-again",
            "A job knows of its tasks only what messages tell it.",
            300,
            new Edit.OfExpression(
                Job,
                "new GrainTimerCreationOptions(TimeSpan.Zero, _refreshPeriod) { KeepAlive = true }",
                "new GrainTimerCreationOptions(TimeSpan.Zero, Timeout.InfiniteTimeSpan) { KeepAlive = true }")),
        new(
            "jobs-not-woken",
            "After a crash nobody wakes the jobs.",
            300,
            new Edit.OfExpression(Recovery, "JobOf(id).Ensure()", "Task.CompletedTask")),
        new(
            "job-never-begun",
            "An activation that was asked for a job before another one took its submission never begins with it.",
            1000,
            new Edit.OfExpression(Job, "_timer is null ? CatchUp() : Task.CompletedTask", "Task.CompletedTask")),
        new(
            "read-while-saving",
            "A job's grain answers from memory while it writes, though the write may fail since another activation has gone on.",
            1000,
            new Edit.OfStatements(Job, "await _saving.WaitForEnd();", "if (_saving.IsOn) return;")),
        new(
            "stragglers-not-told",
            "A task whose start was written late, under a job that had ended meanwhile, waits for ever.",
            300,
            new Edit.OfStatements(Recovery, "await TellOfStragglers(live, cancellationToken);", "")),
        new(
            "ended-job-ended-again",
            "A job's grain ends its job by a plan from before it heard that another activation had ended it.",
            3000,
            new Edit.OfStatements(
                Job,
                """
                if (job.HasEnded())
                            return;
                """,
                ""),
            new Edit.OfExpression(Job, "ReferenceEquals(job, _job)", "true")),
        new(
            "parallelism-ignored",
            "All instances of a task are started at once, however many may be there at a time.",
            300,
            new Edit.OfExpression(Progress, "(spec.Parallelism ?? spec.Count) - live", "spec.Count - live")),
        new(
            "parallelism-unfenced",
            "A job starts tasks of which a few may be there at a time without regard to what others have started since they were counted.",
            3000,
            new Edit.OfExpression("grains/Tasks/Jobs/JobGrain.Limits.cs", "_hold?.ToCheck()", "null")),
        new(
            "each-ignored",
            "An instance does not wait for the one with its index in the task before.",
            300,
            new Edit.OfExpression(Progress, "waits.Ready", "Enumerable.Range(0, spec.Count).Where(index => !_instances[task].ContainsKey(index))")),
    ];
}
