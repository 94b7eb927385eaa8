using System.Collections.Immutable;

namespace OrleansCluster.Grains.Tasks.Validation;

internal static class EnvironmentRules
{
    // The cluster's own variables: a workload guards its side effects by OCS_EPOCH, so nobody else may set it.
    private const string ReservedPrefix = "OCS_";

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
            else if (name.StartsWith(ReservedPrefix, StringComparison.Ordinal))
                faults.Add(own, $"{Quoted.Of(name)} is the cluster's to set: expected a name that does not begin with {ReservedPrefix}");
            faults.CheckWord(own, value);
        }
    }
}
