using System.Globalization;
using OrleansCluster.Benchmarks.Figures;
using OrleansCluster.Client;

namespace OrleansCluster.Benchmarks.Workflows;

/// <summary>
/// Recorded workflows as jobs whose tasks sleep for as long as they ran, handed in over HTTP and watched to their ends. What is measured is what the cluster
/// adds: to the critical path where there are cores enough, and to the work where there are not.
/// </summary>
internal static class WorkflowBenchmark
{
    /// <param name="progress">Told how far it is.</param>
    public static async Task<WorkflowRow> Run(WorkflowPlan plan, WorkflowSettings settings, TextWriter progress, CancellationToken cancellationToken)
    {
        await Say(progress, $"{plan.File}: {plan.Workflow.Tasks.Length:N0} tasks in {plan.Shape.Levels} levels on {plan.Nodes.Length} {settings.Runtime.ToString().ToLowerInvariant()} nodes of {string.Join(" + ", plan.Nodes)} cores, seconds divided by {settings.K}");
        await using var silo = await WorkflowSilo.Start(settings.Runtime, plan.Nodes, cancellationToken);

        // Once without counting: it compiles the code, and makes the connections.
        double? empty = null;
        if (settings.Runtime == WorkflowRuntime.Simulated)
        {
            var job = Empty(plan.Job);
            await Makespan(plan, job, silo.Client, cancellationToken);
            empty = await Makespan(plan, job, silo.Client, cancellationToken);
            await Say(progress, $"{plan.File}: {empty:F2} s when every task sleeps for 0 s");
        }
        else
        {
            await Makespan(plan with { Job = First(plan.Job) }, First(plan.Job), silo.Client, cancellationToken);
        }

        var makespans = new List<double>();
        for (var round = 1; round <= settings.Rounds; round++)
        {
            makespans.Add(await Makespan(plan, plan.Job, silo.Client, cancellationToken));
            await Say(progress, $"{plan.File}: round {round} of {settings.Rounds}: {makespans[^1]:F2} s");
        }

        return ToRow(plan, settings, Spread.Of(makespans), empty);
    }

    private static WorkflowRow ToRow(WorkflowPlan plan, WorkflowSettings settings, Spread makespan, double? empty)
    {
        var (shape, k) = (plan.Shape, settings.K);
        var bound = shape.LowerBoundSeconds(plan.Cores) / k;
        if (makespan.Least < bound)
            throw new InvalidOperationException($"{plan.File} took {makespan.Least} s, less than the {bound} s that its tasks sleep.");
        return new WorkflowRow(
            "workflow", plan.File, settings.Runtime.ToString().ToLowerInvariant(), k, plan.Workflow.Tasks.Length, shape.Levels, plan.Nodes.Length, plan.Cores,
            Round(shape.CoreSeconds / k), Round(shape.CriticalPathSeconds / k), Round(bound), Round(WorkflowRow.Allowed(bound, shape.Levels)),
            Round(makespan.Median), Round(makespan.Least), Round(makespan.Most), empty is { } known ? Round(known) : null, plan.Workflow.PublishedSeconds);
    }

    /// <summary>Seconds from the call that submits the job to the answer that it has succeeded.</summary>
    private static async Task<double> Makespan(WorkflowPlan plan, JobSpec spec, OrleansClusterClient client, CancellationToken cancellationToken)
    {
        var began = TimeProvider.System.GetTimestamp();
        var job = await client.Jobs.SubmitAsync(spec, cancellationToken);
        await foreach (var view in client.Jobs.WatchAsync(job.Id, cancellationToken))
            job = view;
        var elapsed = TimeProvider.System.GetElapsedTime(began);
        if (job.Status != JobStatus.Succeeded)
            throw new InvalidOperationException($"Job {job.Id} is {job.Status}: {job.Reason}.");
        WorkflowCheck.Run(plan, await client.Tasks.ListAsync(job.Id, state: null, cancellationToken).ToListAsync(cancellationToken));
        return elapsed.TotalSeconds;
    }

    private static JobSpec Empty(JobSpec job) => job with { Tasks = [.. job.Tasks.Select(task => task with { Containers = [.. task.Containers.Select(Empty)] })] };

    private static ContainerSpec Empty(ContainerSpec container) => container with { Command = ["sleep", "0"] };

    private static JobSpec First(JobSpec job) => job with { Tasks = [Empty(job).Tasks[0] with { DependsOn = [] }] };

    private static Task Say(TextWriter progress, FormattableString text) => progress.WriteLineAsync(text.ToString(CultureInfo.InvariantCulture));

    private static double Round(double seconds) => Math.Round(seconds, 3);
}
