namespace OrleansCluster.Cli.Tasks;

internal static class TaskText
{
    /// <summary>Exit codes in the order of the containers: <c>0</c>, <c>0 137</c>; a container without one is <c>-</c>.</summary>
    public static string ExitCodes(TaskView task) =>
        task.Containers.IsDefaultOrEmpty ? "-" : string.Join(' ', task.Containers.Select(container => container.ExitCode?.ToString() ?? "-"));

    /// <summary>Why it stopped, unless it stopped as it should.</summary>
    public static string Note(TaskView task) => task switch
    {
        { Succeeded: true } => "",
        { StopCode: { } code, Reason: { Length: > 0 } reason } => $"{code}: {reason}",
        { StopCode: { } code } => code.ToString(),
        { Attempt: > 1 } => $"attempt {task.Attempt}",
        _ => task.Reason ?? "",
    };
}
