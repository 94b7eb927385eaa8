namespace OrleansCluster.Cli.Jobs;

/// <summary>Counts of a job's tasks, in words.</summary>
internal static class JobText
{
    public static string Tasks(JobView job)
    {
        var count = job.Tasks.Sum(task => task.Count);
        return count == 1 ? "1 task" : $"{count} tasks";
    }

    public static string Done(JobView job) => $"{job.Tasks.Sum(task => task.Succeeded)}/{job.Tasks.Sum(task => task.Count)}";

    /// <summary><c>2/4 succeeded, 1 running, 1 queued</c>.</summary>
    public static string Of(JobTaskView task) => string.Join(", ", Parts(task));

    private static IEnumerable<string> Parts(JobTaskView task)
    {
        yield return $"{task.Succeeded}/{task.Count} succeeded";
        if (task.Failed > 0) yield return $"{task.Failed} failed";
        if (task.Running > 0) yield return $"{task.Running} running";
        if (task.Starting > 0) yield return $"{task.Starting} starting";
        if (task.Queued > 0) yield return $"{task.Queued} queued";
        if (task.Waiting > 0) yield return $"{task.Waiting} waiting";
    }
}
