using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace OrleansCluster.Grains.Tasks.Validation;

internal static partial class VolumeRules
{
    public static void Check(FaultList faults, ImmutableArray<Item<VolumeSpec>> volumes)
    {
        foreach (var (path, volume) in volumes)
        {
            faults.CheckName($"{path}/name", volume.Name);
            CheckSource(faults, path, volume);
        }

        faults.CheckUnique(volumes, "/name", "volume", volume => volume.Name);
    }

    private static void CheckSource(FaultList faults, string path, VolumeSpec volume)
    {
        if (volume.Host is null == volume.Named is null)
            faults.Add(path, $"expected exactly one of host and named, found {(volume.Host is null ? "neither" : "both")}");
        if (volume.Host is not null)
            faults.CheckAbsolutePath($"{path}/host", volume.Host);
        if (volume.Named is not null && !VolumeName().IsMatch(volume.Named))
        {
            faults.Add(
                $"{path}/named",
                $"{Quoted.Of(volume.Named)} is not a volume's name: expected letters, digits, '_', '.' and '-', beginning with a letter or digit, 2 to 255 characters");
        }
    }

    // Docker's rule.
    [GeneratedRegex(@"^[a-zA-Z0-9][a-zA-Z0-9_.-]{1,254}\z", RegexOptions.CultureInvariant)]
    private static partial Regex VolumeName();
}
