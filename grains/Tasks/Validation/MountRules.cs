using System.Collections.Immutable;

namespace OrleansCluster.Grains.Tasks.Validation;

internal static class MountRules
{
    public static void Check(FaultList faults, string path, ImmutableArray<MountSpec> mounts, IReadOnlySet<string> volumes)
    {
        var items = faults.Items(path, mounts, SpecLimits.MountsPerContainer);
        foreach (var (own, mount) in items)
        {
            if (mount.Volume is null)
                faults.Add($"{own}/volume", "expected the name of a volume, found null");
            else if (!volumes.Contains(mount.Volume))
                faults.Add($"{own}/volume", $"{Quoted.Of(mount.Volume)} is no volume of this task{Hint(faults, mount.Volume, volumes)}");

            faults.CheckAbsolutePath($"{own}/path", mount.Path);
            if (mount.Path is { Length: > 0 } text && text.All(c => c == '/'))
                faults.Add($"{own}/path", "a volume cannot take the place of the whole file system: expected a path below '/'");
        }

        faults.CheckUnique(items, "/path", "mount", mount => mount.Path);
    }

    private static string Hint(FaultList faults, string name, IReadOnlySet<string> volumes) => faults.IsFull ? "" : NearestName.Hint(name, volumes.Order(StringComparer.Ordinal));
}
