using System.Collections.Frozen;
using System.Collections.Immutable;

namespace OrleansCluster.Grains.Tasks.Validation;

internal static class EnvironmentRules
{
    // The cluster's own variables: a workload guards its side effects by OCS_EPOCH, so nobody else may set it.
    private const string ReservedPrefix = "OCS_";

    /// <summary>What the hooks of a deployment are told: nothing rests on it, and whoever tries one out by hand sets it as well.</summary>
    private static readonly FrozenSet<string> _ofHooks = FrozenSet.ToFrozenSet(["OCS_SERVICE", "OCS_DEPLOYMENT", "OCS_REVISION", "OCS_STAGE"], StringComparer.Ordinal);

    public static void Check(FaultList faults, string path, ImmutableSortedDictionary<string, string>? environment)
    {
        if (environment is null)
        {
            faults.Add(path, "expected an object of names and values, found null");
            return;
        }

        if (environment.Count > SpecLimits.VariablesPerContainer)
            faults.Add(path, $"{environment.Count} variables are too many: expected at most {SpecLimits.VariablesPerContainer}");
        foreach (var (name, value) in environment.Take(SpecLimits.VariablesPerContainer))
        {
            var own = $"{path}/{JsonPointer.Escape(name)}";
            if (name.Length == 0 || name.Contains('=') || name.Contains('\0'))
                faults.Add(own, $"{Quoted.Of(name)} is no variable's name: expected at least one character, and neither '=' nor NUL");
            else if (name.StartsWith(ReservedPrefix, StringComparison.Ordinal) && !_ofHooks.Contains(name))
                faults.Add(own, $"{Quoted.Of(name)} is the cluster's to set: expected a name that does not begin with {ReservedPrefix}");
            faults.CheckWord(own, value);
        }
    }
}
