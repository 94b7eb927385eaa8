using OrleansCluster.Grains.Tasks.Jobs;
using OrleansCluster.Grains.Tasks.Validation;

namespace OrleansCluster.Grains.Services;

/// <summary>What a service may say of the hooks of its deployments.</summary>
internal static class HookRules
{
    private const int Most = 10;
    private const int LongestTimeout = 604_800;
    private const string Task = "/tasks/0";

    public static void Check(FaultList faults, string path, ServiceSpec spec)
    {
        var hooks = spec.DeploymentConfiguration.Hooks;
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (at, hook) in faults.Items(path, hooks, Most))
        {
            faults.CheckName($"{at}/name", hook.Name);
            if (hook.Name is not null && !names.Add(hook.Name))
                faults.Add($"{at}/name", $"there is another hook {Quoted.Of(hook.Name)}: expected another name");
            CheckStages(faults, $"{at}/stages", spec, hook);
            faults.CheckRange($"{at}/timeout", hook.Timeout, 1, LongestTimeout);
            if (!hook.Approval)
            {
                foreach (var fault in JobValidator.Validate(AsJob(spec, hook)).Where(fault => fault.Path.StartsWith(Task, StringComparison.Ordinal)))
                    faults.Add(at + fault.Path[Task.Length..], fault.Message);
            }
            else if (hook.Definition is not null || !hook.Containers.IsDefaultOrEmpty || !hook.Volumes.IsDefaultOrEmpty)
            {
                faults.Add($"{at}/approval", "expected either an approval or a definition or containers, found both");
            }
        }
    }

    /// <summary>Definitions that they name and that are not there.</summary>
    public static async Task<IEnumerable<Fault>> FindMissing(JobResolver resolver, ServiceSpec spec)
    {
        var faults = new List<Fault>();
        var hooks = spec.DeploymentConfiguration?.Hooks is { IsDefault: false } known ? known : [];
        foreach (var (hook, i) in hooks.Select((hook, i) => (hook, i)).Where(x => x.hook is { Approval: false, Definition: not null }).Take(Most))
        {
            var job = AsJob(spec, hook);
            faults.AddRange(JobResolver.FaultsOf(job, await resolver.LookUp(job)).Select(fault => fault with { Path = $"/deploymentConfiguration/hooks/{i}{fault.Path[Task.Length..]}" }));
        }

        return faults;
    }

    private static void CheckStages(FaultList faults, string path, ServiceSpec spec, DeploymentHookSpec hook)
    {
        if (hook.Stages.IsDefaultOrEmpty)
            faults.Add(path, "expected one stage at the least, found none");
        else if (hook.Stages.Distinct().Count() < hook.Stages.Length)
            faults.Add(path, "expected each stage once");
        else if (hook.Stages.Where(stage => !Enum.IsDefined(stage)).ToList() is [var none, ..])
            faults.Add(path, $"{none} is no such stage: expected PRE_SCALE_UP, POST_CANARY, POST_SCALE_UP or POST_PRODUCTION_TRAFFIC_SHIFT");
        else if (hook.Stages.Contains(DeploymentHookStage.PostCanary) && spec.DeploymentConfiguration.Strategy != DeploymentStrategy.Canary)
            faults.Add(path, "POST_CANARY is a stage of CANARY alone: expected that strategy, or another stage");
        else if (hook.Stages.Contains(DeploymentHookStage.PostProductionTrafficShift) && spec.DeploymentConfiguration.Strategy != DeploymentStrategy.BlueGreen)
            faults.Add(path, "POST_PRODUCTION_TRAFFIC_SHIFT is a stage of BLUE_GREEN alone: expected that strategy, or another stage");
    }

    /// <summary>Its task is what a job's task is, so the same rules hold for it.</summary>
    private static JobSpec AsJob(ServiceSpec spec, DeploymentHookSpec hook) => new()
    {
        Name = "hook",
        Team = spec.Team,
        Tasks = [new JobTaskSpec { Name = "hook", Definition = hook.Definition, Containers = hook.Containers, Volumes = hook.Volumes, Network = hook.Network }],
    };
}
