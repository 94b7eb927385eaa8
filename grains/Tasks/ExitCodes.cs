namespace OrleansCluster.Grains.Tasks;

/// <summary>Which of a task's exit codes says why it has failed.</summary>
internal static class ExitCodes
{
    /// <summary>
    /// That of the essential container that ended first without success: the others were stopped for it. Null where none has.
    /// </summary>
    public static int? Of(TaskRecord task) => task.Containers
        .Where(container => container.ExitCode is not (null or 0) && task.Start.Essential.Contains(container.Name))
        .OrderBy(container => container.EndedAt ?? DateTimeOffset.MaxValue)
        .FirstOrDefault()?.ExitCode;
}
