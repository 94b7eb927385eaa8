namespace OrleansCluster.Benchmarks.Workflows;

/// <summary>Whether a run was one of the workflow at all: a figure of a run that left tasks out, or ran them before their parents, would be worth nothing.</summary>
internal static class WorkflowCheck
{
    /// <exception cref="InvalidOperationException">It was not.</exception>
    public static void Run(WorkflowPlan plan, IReadOnlyCollection<TaskView> tasks)
    {
        var byName = tasks.ToDictionary(task => task.Name, StringComparer.Ordinal);
        foreach (var spec in plan.Job.Tasks)
        {
            if (!byName.TryGetValue(spec.Name, out var task) || !task.Succeeded)
                throw new InvalidOperationException($"Task {spec.Name} of {plan.File} has not succeeded.");
            if (spec.DependsOn.Select(parent => byName[parent]).FirstOrDefault(parent => EndOf(parent) > StartOf(task)) is { } early)
                throw new InvalidOperationException($"Task {spec.Name} of {plan.File} began before its parent {early.Name} had ended.");
        }
    }

    private static DateTimeOffset StartOf(TaskView task) => task.Containers[0].StartedAt!.Value;

    private static DateTimeOffset EndOf(TaskView task) => task.Containers[0].EndedAt!.Value;
}
