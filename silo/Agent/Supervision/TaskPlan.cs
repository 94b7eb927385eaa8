using System.Collections.Immutable;

namespace OrleansCluster.Silo.Agent.Supervision;

/// <summary>
/// Decides what to do next for one task attempt, from what its containers look like and nothing else. Asked again after every step, so a
/// plan is never older than what is known, and a restarted agent goes on where the one before it stopped.
/// </summary>
internal static class TaskPlan
{
    /// <param name="end">The decision that it ends, once taken; <see langword="null"/> while it is to run.</param>
    public static PlanStep Next(TaskDefinition definition, TaskEnd? end, IReadOnlyDictionary<string, ContainerView> containers) =>
        end is null ? Forward(definition, containers) : Down(definition, end, containers);

    /// <summary>The state that the manager is to be told.</summary>
    public static TaskState StateOf(TaskDefinition definition, TaskEnd? end, IReadOnlyDictionary<string, ContainerView> containers)
    {
        if (end is not null)
            return containers.Values.Any(IsRunning) ? TaskState.Stopping : TaskState.Stopped;
        if (HaveEssentialStarted(definition, containers))
            return TaskState.Running;
        return containers.Values.Any(view => view.Status != ContainerStatus.Pending) ? TaskState.Activating : TaskState.Pending;
    }

    /// <summary>There is one at least, and all of them have.</summary>
    private static bool HaveEssentialStarted(TaskDefinition definition, IReadOnlyDictionary<string, ContainerView> containers)
    {
        var isAny = false;
        foreach (var spec in definition.Containers)
        {
            if (spec.Essential && !HasStarted(containers[spec.Name]))
                return false;
            isAny |= spec.Essential;
        }

        return isAny;
    }

    private static PlanStep Forward(TaskDefinition definition, IReadOnlyDictionary<string, ContainerView> containers)
    {
        if (TaskEnding.Find(definition, containers) is { } cause)
            return new PlanStep.End(cause);
        foreach (var spec in definition.Containers)
        {
            if (containers[spec.Name].Status == ContainerStatus.Created)
                return new PlanStep.Start(spec.Name);
        }

        foreach (var spec in definition.Containers)
        {
            if (containers[spec.Name].Status == ContainerStatus.Pending && AreMet(spec.DependsOn, containers))
                return new PlanStep.Create(spec.Name);
        }

        return PlanStep.Wait.Instance;
    }

    private static PlanStep Down(TaskDefinition definition, TaskEnd end, IReadOnlyDictionary<string, ContainerView> containers)
    {
        var running = containers.Values.Where(IsRunning).Select(view => view.Name).ToImmutableArray();
        if (running.IsEmpty)
            return new PlanStep.Finish();
        if (end.AtOnce)
            return new PlanStep.Stop(running);
        var needed = definition.Containers
            .Where(spec => running.Contains(spec.Name))
            .SelectMany(spec => DependencyGraph.AllBelow(definition, spec))
            .ToHashSet();
        return new PlanStep.Stop([.. running.Where(name => !needed.Contains(name))]);
    }

    private static bool AreMet(ImmutableArray<ContainerDependency> dependencies, IReadOnlyDictionary<string, ContainerView> containers)
    {
        foreach (var dependency in dependencies)
        {
            if (!IsMet(dependency, containers))
                return false;
        }

        return true;
    }

    private static bool IsMet(ContainerDependency dependency, IReadOnlyDictionary<string, ContainerView> containers)
    {
        var other = containers[dependency.Container];
        return dependency.Condition switch
        {
            ContainerCondition.Start => HasStarted(other),
            ContainerCondition.Healthy => IsRunning(other) && other.Health is { Status: HealthStatus.Healthy },
            ContainerCondition.Complete => HasStarted(other) && other.Status == ContainerStatus.Stopped,
            _ => HasStarted(other) && other is { Status: ContainerStatus.Stopped, ExitCode: 0 },
        };
    }

    private static bool HasStarted(ContainerView view) => view.Status >= ContainerStatus.Running && view.Failure is null;

    private static bool IsRunning(ContainerView view) => view.Status == ContainerStatus.Running;
}
