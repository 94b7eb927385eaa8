using System.Collections.Immutable;

namespace OrleansCluster.Grains.Tasks;

/// <summary>What the health of a task's containers amounts to, and what an observation makes of it. Costs a look at each container where none has a check.</summary>
internal static class TaskHealth
{
    /// <summary>The worst of the essential containers that have a check.</summary>
    public static HealthStatus? Of(TaskRecord task)
    {
        HealthStatus? worst = null;
        foreach (var container in task.Containers)
        {
            if (container.Health is { } health && Severity(health.Status) > Severity(worst) && task.Start.Essential.Contains(container.Name))
                worst = health.Status;
        }

        return worst;
    }

    /// <summary>
    /// The observation without what it says of containers' health too late: an agent that has just taken containers over knows nothing of it yet, and one
    /// that only removes what an earlier one has left never will; and observations of one agent may come in another order than they were made.
    /// </summary>
    public static TaskObservation Settle(TaskRecord task, TaskObservation seen)
    {
        var containers = seen.Containers;
        for (var i = 0; i < containers.Length; i++)
        {
            if (Find(task.Containers, containers[i].Name)?.Health is not { Since: not null } known)
                continue;
            var health = seen.Containers[i].Health;
            if (health?.Since is null || (seen.Run == task.Run && health.Since < known.Since))
                containers = containers.SetItem(i, containers[i] with { Health = known });
        }

        return containers == seen.Containers ? seen : seen with { Containers = containers };
    }

    /// <summary>Those of which something new has been found out.</summary>
    public static IEnumerable<ContainerState> Changed(TaskRecord before, TaskRecord after)
    {
        if (after.Attempt != before.Attempt)
            yield break;
        foreach (var container in after.Containers)
        {
            if (container.Health is { Status: not HealthStatus.Unknown } health && Find(before.Containers, container.Name)?.Health?.Status != health.Status)
                yield return container;
        }
    }

    /// <summary>Whether nothing else has changed, so that whom only the task's place in its life concerns need not hear of it.</summary>
    public static bool IsAllThatChanged(TaskRecord before, TaskRecord after)
    {
        if (after.State != before.State || after.Attempt != before.Attempt || after.Containers.Length != before.Containers.Length)
            return false;
        var differs = false;
        for (var i = 0; i < after.Containers.Length; i++)
        {
            var (was, now) = (before.Containers[i], after.Containers[i]);
            differs |= was.Health != now.Health;
            if (!ContainerStates.AreAlike(was, now with { Health = was.Health }))
                return false;
        }

        return differs && after with { Containers = before.Containers, Run = before.Run } == before;
    }

    private static ContainerState? Find(ImmutableArray<ContainerState> containers, string name)
    {
        foreach (var container in containers)
        {
            if (container.Name == name)
                return container;
        }

        return null;
    }

    private static int Severity(HealthStatus? status) => status switch
    {
        null => 0,
        HealthStatus.Healthy => 1,
        HealthStatus.Unknown => 2,
        _ => 3,
    };
}
