using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace OrleansCluster.Grains.Tasks.Validation;

/// <summary>What holds for one container by itself.</summary>
internal static partial class ContainerRules
{
    public static void Check(FaultList faults, Item<ContainerSpec> item, IReadOnlySet<string> volumes)
    {
        var (path, container) = item;
        faults.CheckName($"{path}/name", container.Name);
        if (ImageReference.FaultOf(container.Image) is { } fault)
            faults.Add($"{path}/image", fault);
        CheckWords(faults, $"{path}/entryPoint", container.EntryPoint);
        CheckWords(faults, $"{path}/command", container.Command);
        EnvironmentRules.Check(faults, $"{path}/environment", container.Environment);
        ResourceRules.Check(faults, $"{path}/resources", container.Resources);
        GpuRules.Check(faults, $"{path}/gpu", container.Gpu);
        AmountRules.Check(faults, $"{path}/amounts", container.Amounts);
        MountRules.Check(faults, $"{path}/mounts", container.Mounts, volumes);
        faults.CheckRange($"{path}/stopTimeout", container.StopTimeout, 0, SpecLimits.LargestStopTimeout);
        if (container.WorkingDirectory is not null)
            faults.CheckAbsolutePath($"{path}/workingDirectory", container.WorkingDirectory);
        if (container.User is not null && !UserPattern().IsMatch(container.User))
            faults.Add($"{path}/user", $"{Quoted.Of(container.User)} is no user: expected a name or a number, and a group after a colon where wanted, such as 1000:1000");
    }

    public static void CheckWords(FaultList faults, string path, ImmutableArray<string> words)
    {
        foreach (var (wordPath, word) in faults.Items(path, words, SpecLimits.WordsPerCommand))
            faults.CheckWord(wordPath, word);
    }

    [GeneratedRegex(@"^[A-Za-z0-9_][A-Za-z0-9_.-]{0,31}(:[A-Za-z0-9_][A-Za-z0-9_.-]{0,31})?\z", RegexOptions.CultureInvariant)]
    private static partial Regex UserPattern();
}
