using OrleansCluster.Cli.Hosting;

namespace OrleansCluster.Cli.Runs;

/// <summary>Makes one exit code of how tasks ended.</summary>
internal static class RunExit
{
    /// <summary>That of the first task that did not end with 0.</summary>
    /// <param name="tasks">By their index.</param>
    public static int Of(JobView job, IEnumerable<TaskView> tasks)
    {
        var codes = tasks.Select(Of).ToList();
        return codes.Count == 0 && job.Status != JobStatus.Succeeded ? ExitCode.NeverStarted : codes.FirstOrDefault(code => code != ExitCode.Ok);
    }

    /// <summary>What to say of it, unless its exit code says it all.</summary>
    public static string? NoteOf(TaskView task)
    {
        if (task.Succeeded || (task.StopCode == StopCode.EssentialContainerExited && task.Containers.All(container => container.Reason is null)))
            return null;
        var reasons = task.Containers.Where(container => container.Reason is not null).Select(container => $"container {container.Name}: {container.Reason}");
        return $"{task.Id}: {task.StopCode}: {(string.IsNullOrEmpty(task.Reason) ? string.Join(", ", reasons) : task.Reason)}";
    }

    private static int Of(TaskView task)
    {
        if (task.Succeeded)
            return ExitCode.Ok;
        var ended = task.Containers.Where(container => container.ExitCode is not null).ToList();
        if (task.StopCode == StopCode.TaskFailedToStart || (task.StartedAt is null && ended.Count == 0))
            return ExitCode.NeverStarted;

        // The others of a task were stopped when one had ended it.
        var first = ended.OrderBy(container => container.EndedAt).FirstOrDefault(container => container.ExitCode != ExitCode.Ok) ?? ended.FirstOrDefault();
        return first?.ExitCode ?? ExitCode.NothingRun;
    }
}
