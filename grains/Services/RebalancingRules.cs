using OrleansCluster.Grains.Tasks.Validation;

namespace OrleansCluster.Grains.Services;

/// <summary>What a service may say of its rebalancing.</summary>
internal static class RebalancingRules
{
    private const int LargestBudget = 1_000;

    public static void Check(FaultList faults, string path, ServiceSpec spec)
    {
        if (spec.Rebalancing is not { } rebalancing)
        {
            faults.Add(path, "expected an object, found null");
            return;
        }

        if (!Enum.IsDefined(rebalancing.Mode))
            faults.Add($"{path}/mode", $"{rebalancing.Mode} is no such mode: expected OFF, SUGGEST or AUTOMATIC");
        else if (rebalancing.Mode != RebalancingMode.Off && spec.SchedulingStrategy == SchedulingStrategy.Daemon)
            faults.Add($"{path}/mode", "a DAEMON service has its tasks on all of its nodes: expected OFF");
        else if (rebalancing.Mode != RebalancingMode.Off && !spec.PlacementStrategy.IsDefaultOrEmpty && spec.PlacementStrategy[0] is { Type: not PlacementStepType.Spread } step)
            faults.Add($"{path}/mode", $"the placement strategy begins with {step}, and only tasks that are spread are moved: expected OFF, or a strategy that begins with spread");
        if (rebalancing.MaximumMoves is { } most)
            faults.CheckRange($"{path}/maximumMoves", most, 1, LargestBudget);
    }
}
