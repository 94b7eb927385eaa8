using OrleansCluster.Cli.Output;

namespace OrleansCluster.Cli.Tasks;

internal static class TaskText
{
    /// <summary>Exit codes in the order of the containers: <c>0</c>, <c>0 137</c>; a container without one is <c>-</c>.</summary>
    public static string ExitCodes(TaskView task) =>
        task.Containers.IsDefaultOrEmpty ? "-" : string.Join(' ', task.Containers.Select(container => container.ExitCode?.ToString() ?? "-"));

    /// <summary><c>2</c>, or <c>3, 1 of 5 failed</c> where there are retries.</summary>
    public static string Attempt(TaskView task) =>
        task.Rules?.Retry is { } retry ? $"{task.Attempt}, {task.Failures} of {retry.Attempts} failed" : task.Attempt.ToString();

    /// <summary>Its time limits; nothing where it has none.</summary>
    public static string Limits(TaskRules? rules)
    {
        (string What, int? Seconds)[] limits = [("queue", rules?.QueueTimeout), ("start", rules?.StartTimeout), ("attempt", rules?.AttemptTimeout)];
        return string.Join(", ", limits.Where(limit => limit.Seconds is not null).Select(limit => $"{limit.What} {limit.Seconds} s"));
    }

    /// <summary>What the next attempt would begin with; <see langword="null"/> where none are taken.</summary>
    public static string? Checkpoint(TaskView task, DateTimeOffset now)
    {
        if (task.Checkpoint is not { } spec) return null;
        var newest = task.Checkpoints is { Kept: [.., var last] }
            ? $"{last.Number} of {spec.Path}, {ShortTime.Ago(last.TakenAt, now)}, {Amounts.Bytes(last.Size)}"
            : $"none of {spec.Path}";
        return task.Checkpoints?.Failure is { } failure ? $"{newest}. {failure}" : newest;
    }

    /// <summary><see langword="null"/> where nothing is checked.</summary>
    public static string? Health(TaskView task) => task.Health is { } health ? Words.Of(health) : null;

    /// <summary>Why a container ended, or while it runs what its health check ran into: <c>20s ago: port 80: Connection refused</c>.</summary>
    public static string Reason(ContainerState container, DateTimeOffset now) => container switch
    {
        { Reason: { } reason } => reason,
        { Health: { Status: HealthStatus.Unhealthy, Reason: { } fault, Since: { } since } } => $"{ShortTime.Ago(since, now)}: {fault}",
        { Health.Reason: { } obstacle } => obstacle,
        _ => "",
    };

    /// <summary><c>10.0.0.11:32768</c>.</summary>
    public static string Reached(string address, int port) => address.Contains(':') ? $"[{address}]:{port}" : $"{address}:{port}";

    /// <summary><c>10.0.0.11:32768 for 80/TCP</c>.</summary>
    public static string Reached(PublishedPort port) => $"{Reached(port.Address, port.Host)} for {port.Container}/{Words.Of(port.Protocol)}";

    /// <summary>Why it stopped, unless it stopped as it should.</summary>
    public static string Note(TaskView task) => task switch
    {
        { Succeeded: true } => "",
        { StopCode: { } code, Reason: { Length: > 0 } reason } => $"{code}: {reason}",
        { StopCode: { } code } => code.ToString(),
        { Evicted: { } code } => $"{code}: the next attempt takes its place",
        { State: TaskState.Provisioning, NotBefore: not null, EarlierAttempts: [.., { ExitCode: { } code }] } => $"attempt {task.Attempt}, after exit code {code}",
        { Attempt: > 1 } => $"attempt {task.Attempt}",
        _ => task.Reason ?? "",
    };
}
