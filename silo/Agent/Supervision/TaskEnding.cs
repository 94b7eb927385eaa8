namespace OrleansCluster.Silo.Agent.Supervision;

/// <summary>Finds out whether what happened to a task's containers ends the task.</summary>
internal static class TaskEnding
{
    /// <summary>The cause, or <see langword="null"/> while the task goes on. Of several ends the earliest is the cause.</summary>
    public static TaskEnd? Find(TaskDefinition definition, IReadOnlyDictionary<string, ContainerView> containers)
    {
        if (FirstEnded(definition, containers) is { } ended)
            return EndOf(ended);

        // Loops rather than queries: every supervisor asks this before each of its steps.
        var isOver = true;
        foreach (var spec in definition.Containers)
        {
            var obstacle = Obstacle(definition, spec, containers);
            if (spec.Essential && obstacle is not null)
                return TaskEnd.FailedToStart(obstacle);
            isOver &= obstacle is not null || containers[spec.Name].Status == ContainerStatus.Stopped;
        }

        // Only a definition without an essential container comes this far with nothing left to do.
        return isOver ? new TaskEnd(StopCode.EssentialContainerExited, "All containers have ended", AtOnce: false) : null;
    }

    /// <summary>Of the essential ones.</summary>
    private static ContainerView? FirstEnded(TaskDefinition definition, IReadOnlyDictionary<string, ContainerView> containers)
    {
        ContainerView? first = null;
        foreach (var spec in definition.Containers)
        {
            if (spec.Essential && containers[spec.Name] is { Status: ContainerStatus.Stopped } view && (first is null || EndedAt(view) < EndedAt(first)))
                first = view;
        }

        return first;

        static DateTimeOffset EndedAt(ContainerView view) => view.EndedAt ?? DateTimeOffset.MinValue;
    }

    private static TaskEnd EndOf(ContainerView view)
    {
        if (view.Failure is { } failure)
            return TaskEnd.FailedToStart(failure);
        if (view.Vanished)
            return new TaskEnd(StopCode.AgentStopped, $"Container {view.Name}: {view.Reason}", AtOnce: false);
        return new TaskEnd(StopCode.EssentialContainerExited, view.Reason ?? $"Essential container {view.Name} exited with code {view.ExitCode}", AtOnce: false);
    }

    /// <summary>Why a container that waits will never start: a dependency that can no longer be met, or one that itself will never start.</summary>
    private static string? Obstacle(TaskDefinition definition, ContainerSpec spec, IReadOnlyDictionary<string, ContainerView> containers)
    {
        if (containers[spec.Name].Status != ContainerStatus.Pending)
            return null;
        foreach (var dependency in spec.DependsOn)
        {
            var other = containers[dependency.Container];
            var unmet = Unmet(dependency, other);
            if (unmet is not null)
                return $"Container {spec.Name} can never start: it waits for {other.Name} to {Wish(dependency.Condition)}, but {unmet}";
            var below = definition.Containers.First(candidate => candidate.Name == other.Name);
            if (Obstacle(definition, below, containers) is { } obstacle)
                return $"Container {spec.Name} can never start: {obstacle}";
        }

        return null;
    }

    private static string? Unmet(ContainerDependency dependency, ContainerView other)
    {
        if (other.Status != ContainerStatus.Stopped)
            return null;
        if (other.Failure is { } failure)
            return $"it failed to start: {failure}";
        if (dependency.Condition is ContainerCondition.Start or ContainerCondition.Complete || (dependency.Condition == ContainerCondition.Success && other.ExitCode == 0))
            return null;
        return other.Reason is { } reason ? $"it ended: {reason}" : $"it ended with exit code {other.ExitCode}";
    }

    private static string Wish(ContainerCondition condition) => condition switch
    {
        ContainerCondition.Start => "start",
        ContainerCondition.Complete => "end",
        ContainerCondition.Healthy => "be HEALTHY",
        _ => "end with exit code 0",
    };
}
