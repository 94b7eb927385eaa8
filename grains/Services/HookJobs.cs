using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using OrleansCluster.Grains.Tasks.Validation;

namespace OrleansCluster.Grains.Services;

/// <summary>Runs the hooks of one service's deployments.</summary>
internal sealed class HookJobs(string cluster, IGrainFactory grains)
{
    private const int LongestName = 58;

    /// <summary>By their ids; <see langword="null"/> for those that are not there.</summary>
    public async Task<IReadOnlyDictionary<string, JobStatus?>> Read(ServiceRecord record)
    {
        var ids = record.Hooks.Where(run => !run.IsOver).Select(run => run.JobId).OfType<string>().ToList();
        if (ids.Count == 0)
            return ImmutableDictionary<string, JobStatus?>.Empty;
        var jobs = await Task.WhenAll(ids.Select(id => JobOf(id).Get()));
        return ids.Zip(jobs).ToDictionary(x => x.First, x => x.Second?.Status, StringComparer.Ordinal);
    }

    /// <summary>Submitting it again is the same job. One that the job's rules refuse ends as one that takes too long; its reason is told.</summary>
    public async Task<Refusal?> Begin(ServiceRecord record, HookRun run)
    {
        var deployment = record.Deployments.First(one => one.Number == run.Deployment);
        var spec = record.Revision(deployment.Revision).Spec;
        var hook = spec.DeploymentConfiguration.Hooks.First(one => one.Name == run.Name);
        var environment = EnvironmentOf(spec, deployment, run);
        ImmutableArray<ContainerOverride> overrides = hook.Definition is null ? [] : [.. (await ContainersOf(hook.Definition)).Select(name => new ContainerOverride { Name = name, Environment = environment })];
        var answer = await JobOf(run.JobId!).Submit(new JobSpec
        {
            Name = $"{spec.Name[..Math.Min(spec.Name.Length, LongestName)]}-hook",
            Team = spec.Team,
            Priority = spec.Priority,
            Timeout = hook.Timeout,
            Tasks =
            [
                new JobTaskSpec
                {
                    Name = hook.Name,
                    Definition = hook.Definition,
                    Overrides = overrides,
                    Containers = [.. hook.Containers.Select(container => container with { Environment = container.Environment.SetItems(environment) })],
                    Volumes = hook.Volumes,
                    Network = hook.Network,
                },
            ],
        });

        // There with another revision of its definition: it is the same job all the same.
        return answer.IsAccepted || answer.Refusal.Kind == RefusalKind.Conflict ? null : answer.Refusal;
    }

    public async Task Stop(HookRun run) => await JobOf(run.JobId!).Stop("Nobody waits for this hook any more.");

    private IJobGrain JobOf(string id) => grains.GetGrain<IJobGrain>(GrainKeys.Job(cluster, id));

    private async Task<IEnumerable<string>> ContainersOf(string definition)
    {
        if (!DefinitionName.TryParse(definition, out var name))
            return [];
        var found = await grains.GetGrain<ITaskDefinitionGrain>(GrainKeys.TaskDefinition(name.Family)).Get(name.Revision);
        return found is null ? [] : found.Containers.Select(container => container.Name);
    }

    private static ImmutableSortedDictionary<string, string> EnvironmentOf(ServiceSpec spec, DeploymentRecord deployment, HookRun run) => ImmutableSortedDictionary<string, string>.Empty
        .Add("OCS_SERVICE", spec.Name)
        .Add("OCS_DEPLOYMENT", deployment.Number.ToString(CultureInfo.InvariantCulture))
        .Add("OCS_REVISION", deployment.Revision.ToString(CultureInfo.InvariantCulture))
        .Add("OCS_STAGE", JsonNamingPolicy.SnakeCaseUpper.ConvertName(run.Stage.ToString()));
}
