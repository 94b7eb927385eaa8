using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace OrleansCluster.Grains.Tasks.Validation;

internal static partial class CheckpointRules
{
    public static void Check(FaultList faults, string path, CheckpointSpec? checkpoint, ImmutableArray<Item<ContainerSpec>> containers)
    {
        if (checkpoint is null)
            return;
        faults.CheckAbsolutePath($"{path}/path", checkpoint.Path);
        if (checkpoint.Path is { Length: > 0 } text && text.Split('/').All(part => part is "" or "."))
            faults.Add($"{path}/path", "the whole file system cannot be a checkpoint: expected a directory below '/'");
        else if (checkpoint.Path?.Split('/').Contains("..", StringComparer.Ordinal) == true)
            faults.Add($"{path}/path", $"{Quoted.Of(checkpoint.Path)} goes upwards: expected a path without '..'");
        CheckContainer(faults, $"{path}/container", checkpoint.Container, containers);
        if (checkpoint.Interval != 0)
            faults.CheckRange($"{path}/interval", checkpoint.Interval, SpecLimits.ShortestCheckpointInterval, SpecLimits.LongestCheckpointInterval);
        faults.CheckRange($"{path}/keep", checkpoint.Keep, 1, SpecLimits.CheckpointsKept);
        faults.CheckRange($"{path}/maxSize", checkpoint.MaxSize, 1, SpecLimits.LargestCheckpoint);
        faults.CheckRange($"{path}/grace", checkpoint.Grace, 0, SpecLimits.LongestGrace);
        if (checkpoint.Signal is { } signal && !SignalPattern().IsMatch(signal))
            faults.Add($"{path}/signal", $"{Quoted.Of(signal)} is no signal: expected a name such as SIGUSR1");
    }

    private static void CheckContainer(FaultList faults, string path, string? name, ImmutableArray<Item<ContainerSpec>> containers)
    {
        if (name is not null)
        {
            if (containers.All(container => container.Value.Name != name))
                faults.Add(path, $"{Quoted.Of(name)} is no container of this task{NearestName.Hint(name, containers.Select(container => container.Value.Name).OfType<string>())}");
            return;
        }

        var essential = containers.Count(container => container.Value.Essential);
        if (essential > 1)
            faults.Add(path, $"{essential} containers are essential, so none of them is meant by itself: expected the name of a container");
    }

    [GeneratedRegex(@"^SIG[A-Z][A-Z0-9+-]{1,11}\z", RegexOptions.CultureInvariant)]
    private static partial Regex SignalPattern();
}
