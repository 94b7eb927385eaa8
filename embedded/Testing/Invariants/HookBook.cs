using OrleansCluster.Grains.Services;
using OrleansCluster.Grains.Tasks;
using OrleansCluster.Testing.Kernel;

namespace OrleansCluster.Testing.Invariants;

/// <summary>Hooks of deployments as the database has been told: each runs once, none whose deployment has not come to it, and no deployment passes a stage the hooks of which have not succeeded.</summary>
internal sealed class HookBook(World world, JobBook jobs)
{
    /// <summary>Of all that ever were there, by their jobs.</summary>
    private readonly SortedDictionary<string, string> _hooks = new(StringComparer.Ordinal);

    public void OnService(string name, ServiceRecord? before, ServiceRecord after)
    {
        foreach (var run in after.Hooks.Where(run => before?.Hooks.Any(old => IsSame(old, run)) != true))
        {
            if (run.JobId is not null && !_hooks.TryAdd(run.JobId, $"{name}.{run.Deployment}.{run.Stage}.{run.Name}"))
                world.Violate($"service {name} comes to hook {run.Name} of deployment {run.Deployment} a second time");
            if (run.Deployment != after.Primary.Number)
                world.Violate($"service {name} begins hook {run.Name} of deployment {run.Deployment}, and the newest is {after.Primary.Number}");
        }

        if (before is null || after.Deployments.FirstOrDefault(one => one.Number == before.Primary.Number && one.CreatedAt == before.Primary.CreatedAt) is not { } primary)
            return;
        var passed = before.Hooks.Where(run => run.Deployment == primary.Number && HookProgress.StageOf(run.Stage) == before.Primary.Stage).ToList();
        if (primary.Stage == before.Primary.Stage || primary.Status is not (DeploymentStatus.InProgress or DeploymentStatus.Completed))
            return;
        foreach (var run in passed)
        {
            if (run.JobId is not null && jobs.Find(run.JobId)?.Status != JobStatus.Succeeded)
                world.Violate($"deployment {primary.Number} of service {name} goes on to {primary.Stage}, and the job of hook {run.Name} is {jobs.Find(run.JobId)?.Status.ToString() ?? "not there"}");
            if (run.JobId is null && after.Hooks.FirstOrDefault(now => IsSame(now, run))?.Status != HookStatus.Succeeded)
                world.Violate($"deployment {primary.Number} of service {name} goes on to {primary.Stage}, and nobody has approved {run.Name}");
        }
    }

    /// <summary>A task has been started: a hook's is of a hook that a deployment has come to.</summary>
    public void OnBegun(TaskRecord task)
    {
        if (!task.Start.IsOfService && task.Start.JobId.Contains("-hook-", StringComparison.Ordinal) && !_hooks.ContainsKey(task.Start.JobId))
            world.Violate($"task {task.Start.JobId}.{task.Start.Name} begins, and no deployment has come to its hook");
    }

    private static bool IsSame(HookRun one, HookRun other) => one.Deployment == other.Deployment && one.Stage == other.Stage && one.Name == other.Name && one.Since == other.Since;
}
