using System.Collections.Immutable;

namespace OrleansCluster.Grains.Tasks.Validation;

/// <summary>How much containers may ask for. Whether any node has that much is no question of validity: the task waits and says what is missing.</summary>
internal static class ResourceRules
{
    public static void Check(FaultList faults, string path, Resources resources)
    {
        var largest = SpecLimits.LargestTask;
        CheckCpu(faults, $"{path}/cpu", resources.Cpu);
        CheckMemory(faults, $"{path}/memory", resources.Memory);
        CheckAmount(faults, $"{path}/disk", resources.Disk, 0, largest.Disk, "MiB");
    }

    public static void CheckCpu(FaultList faults, string path, int cpu) => CheckAmount(faults, path, cpu, 1, SpecLimits.LargestTask.Cpu, "millicores (1000 is one core)");

    public static void CheckMemory(FaultList faults, string path, int memory) => CheckAmount(faults, path, memory, 1, SpecLimits.LargestTask.Memory, "MiB");

    /// <summary>The sum is what the task claims, so it must be an amount that a claim can hold.</summary>
    public static void CheckSum(FaultList faults, string path, ImmutableArray<Item<ContainerSpec>> containers)
    {
        var largest = SpecLimits.LargestTask;
        CheckSum(faults, path, "CPU", containers, container => container.Resources.Cpu, largest.Cpu, "millicores");
        CheckSum(faults, path, "memory", containers, container => container.Resources.Memory, largest.Memory, "MiB");
        CheckSum(faults, path, "disk", containers, container => container.Resources.Disk, largest.Disk, "MiB");
    }

    private static void CheckAmount(FaultList faults, string path, int amount, int least, int most, string unit)
    {
        if (amount < least || amount > most)
            faults.Add(path, $"{amount} is out of range: expected {least} to {most} {unit}");
    }

    private static void CheckSum(
        FaultList faults, string path, string dimension, ImmutableArray<Item<ContainerSpec>> containers, Func<ContainerSpec, long> amountOf, int most, string unit)
    {
        // One container that is too large by itself has its own fault.
        var amounts = containers.Select(container => amountOf(container.Value)).ToArray();
        var sum = amounts.Sum();
        if (sum > most && amounts.All(amount => amount <= most))
            faults.Add(path, $"the containers' {dimension} adds up to {sum}: expected at most {most} {unit}");
    }
}
