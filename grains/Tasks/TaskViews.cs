namespace OrleansCluster.Grains.Tasks;

/// <summary>What others get to see of a stored task.</summary>
internal static class TaskViews
{
    public static TaskView ToView(this TaskRecord task) => new()
    {
        Id = TaskId.Of(task.Start.JobId, task.Start.Name, task.Start.Index),
        JobId = task.Start.JobId,
        Name = task.Start.Name,
        Index = task.Start.Index,
        Count = task.Start.Count,
        Team = task.Start.Team,
        Priority = task.Start.Priority,
        Definition = task.Start.Definition,
        Resources = task.Start.Resources,
        Ports = task.Start.Ports,
        Attempt = task.Attempt,
        State = task.State,
        DesiredStatus = task.Desired,
        Node = task.Node,
        StopCode = task.StopCode,
        Reason = task.Reason,
        Containers = task.Containers,
        CreatedAt = task.CreatedAt,
        QueuedAt = task.QueuedAt,
        PlacedAt = task.PlacedAt,
        StartedAt = task.StartedAt,
        StoppedAt = task.StoppedAt,
        EarlierAttempts = task.EarlierAttempts,
        Succeeded = TaskTransitions.Succeeded(task),
        TraceParent = task.Start.TraceParent,
        Group = task.Start.Group ?? TaskGroup.OfDefinition(task.Start.Definition),
        PlacementConstraints = task.Start.PlacementConstraints,
        PlacementStrategy = task.Start.PlacementStrategy,
        Extras = task.Start.Extras,
        Rules = task.Start.Rules,
        Failures = task.Failures,
        NotBefore = task.NotBefore,
        Evicted = task.Eviction?.Code,
        Checkpoint = task.Start.Checkpoint,
        Checkpoints = task.Checkpoints,
        IsOfService = task.Start.IsOfService,
        FirstNode = task.Start.FirstNode,
        OfFramework = task.Start.OfFramework,
        Acknowledged = task.Acknowledged,
        Health = task.Health,
        Gang = task.Start.Gang,
    };

    public static TaskReport ToReport(this TaskView task) => new()
    {
        Name = task.Name,
        Index = task.Index,
        Attempt = task.Attempt,
        State = task.State,
        Succeeded = task.Succeeded,
    };
}
