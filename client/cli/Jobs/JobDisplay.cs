using OrleansCluster.Cli.Hosting;
using OrleansCluster.Cli.Output;

namespace OrleansCluster.Cli.Jobs;

internal static class JobDisplay
{
    public static void Write(Invocation call, JobView job)
    {
        if (call.IsJson)
        {
            call.Json.Write(job);
            return;
        }

        new Details()
            .Add("Job", job.Id)
            .Add("Status", Words.Cell(job.Status))
            .Add("Reason", job.Reason)
            .Add("Team", $"{job.Team}, priority {job.Priority}")
            .Add("Submitted", ShortTime.Exact(job.CreatedAt))
            .Add("Start", job.StartAt is { } start ? ShortTime.Exact(start) : null)
            .Add("After", string.Join(", ", job.DependsOn.Select(other => other.Condition == JobCondition.Success ? other.Job : $"{other.Job} (complete)")))
            .Add("Time limit", job.Timeout is { } seconds ? $"{seconds} s" : null)
            .Add("Ended", job.EndedAt is { } ended ? ShortTime.Exact(ended) : null)
            .Add("Took", ShortTime.Span(job.CreatedAt, job.EndedAt, call.Now))
            .WriteTo(call.Console);
        call.Host.Out.WriteLine();
        var grid = new Grid("TASK", "COUNT", "WAITING", "QUEUED", "STARTING", "RUNNING", "SUCCEEDED", "FAILED", "AFTER");
        foreach (var task in job.Tasks)
        {
            grid.Add(
                task.Name, task.Gang ? (object)$"{task.Count} (gang)" : task.Count, task.Waiting, task.Queued, task.Starting, task.Running, task.Succeeded, task.Failed,
                string.Join(", ", [.. task.DependsOn, .. task.DependsOnEach.Select(name => $"{name} (each)")]));
        }

        grid.WriteTo(call.Console);
        WritePlacement(call, [.. job.Tasks.Where(task => !task.PlacementConstraints.IsEmpty || !task.PlacementStrategy.IsEmpty)]);
    }

    private static void WritePlacement(Invocation call, IReadOnlyCollection<JobTaskView> tasks)
    {
        if (tasks.Count == 0)
            return;
        call.Host.Out.WriteLine();
        var grid = new Grid("TASK", "STRATEGY", "CONSTRAINTS");
        foreach (var task in tasks)
            grid.Add(task.Name, string.Join(", then ", task.PlacementStrategy), string.Join(" and ", task.PlacementConstraints));
        grid.WriteTo(call.Console);
    }
}
