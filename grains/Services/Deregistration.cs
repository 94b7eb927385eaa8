namespace OrleansCluster.Grains.Services;

/// <summary>Between its leaving the endpoint list and its stop a task serves what had been sent to it.</summary>
internal static class Deregistration
{
    /// <summary>Seconds, for tasks that publish ports: whoever follows the list has heard of it long before.</summary>
    private const int StandardDelay = 5;

    /// <summary>When a task that is to stop may be told so; <see langword="null"/> while it is wanted. Nobody waits for one that is in no list anyway.</summary>
    public static DateTimeOffset? OverAt(ServiceSpec spec, ServiceInstance instance, ServiceTask? task)
    {
        if (instance.Stopping is null)
            return null;
        if (task is not { State: TaskState.Running or TaskState.Deactivating, IsLeaving: false, IsWell: true } || instance.StoppingSince is not { } since)
            return DateTimeOffset.MinValue;
        return since + TimeSpan.FromSeconds(spec.DeregistrationDelay ?? (task.IsPublished ? StandardDelay : 0));
    }

    public static bool IsOver(ServiceSpec spec, ServiceInstance instance, ServiceTask? task, DateTimeOffset now) => OverAt(spec, instance, task) <= now;

    /// <summary>When the next of them is to be stopped; <see langword="null"/> where none waits.</summary>
    public static DateTimeOffset? NextOver(ServiceRecord record, IReadOnlyDictionary<int, ServiceTask> tasks, DateTimeOffset now) =>
        record.Instances.Select(instance => OverAt(record.Spec, instance, tasks.GetValueOrDefault(instance.Number))).Where(moment => moment > now).Min();
}
