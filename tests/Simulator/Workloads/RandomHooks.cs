using System.Collections.Immutable;
using OrleansCluster.Embedded.Deterministic;

namespace OrleansCluster.Simulator.Workloads;

/// <summary>Hooks of deployments: jobs that succeed, fail and hang, and approvals. By chance of their own, so that the other seeds draw what they drew.</summary>
internal static class RandomHooks
{
    private const ulong Stream = 0x686F6F6B;
    private const int ShortestTimeout = 20;
    private const int LongestTimeout = 90;

    public static SeededRandom Chance(ulong seed, string name) => new(seed ^ (Stream + name[^1]));

    public static ImmutableArray<DeploymentHookSpec> Draw(SeededRandom random, DeploymentStrategy strategy)
    {
        if (random.Chance(0.5))
            return [];
        DeploymentHookStage[] stages = strategy switch
        {
            DeploymentStrategy.Canary => [DeploymentHookStage.PreScaleUp, DeploymentHookStage.PostCanary, DeploymentHookStage.PostScaleUp],
            DeploymentStrategy.BlueGreen => [DeploymentHookStage.PreScaleUp, DeploymentHookStage.PostScaleUp, DeploymentHookStage.PostProductionTrafficShift],
            _ => [DeploymentHookStage.PreScaleUp, DeploymentHookStage.PostScaleUp],
        };
        return [.. Enumerable.Range(0, random.Between(1, 2)).Select(i => One($"h{i}", [random.Pick(stages)], random))];
    }

    private static DeploymentHookSpec One(string name, ImmutableArray<DeploymentHookStage> stages, SeededRandom random)
    {
        var (script, timeout) = (random.Pick(["true", "true", "sleep 5", "sleep 20", "exit 1", "sleep 10000000", ""]), random.Between(ShortestTimeout, LongestTimeout));
        return new DeploymentHookSpec
        {
            Name = name,
            Stages = stages,
            Timeout = timeout,
            Approval = script.Length == 0,
            Containers = script.Length == 0 ? [] : [new ContainerSpec { Name = "h", Image = "app", Command = ["sh", "-c", script], Resources = new Resources(50, 32, 0), StopTimeout = 2 }],
        };
    }
}
