using System.Collections.Immutable;
using OrleansCluster.Grains.Tasks.Validation;

namespace OrleansCluster.Grains.Frameworks;

/// <summary>Judges what frameworks claim without tasks. A claim is of the size that a task may have.</summary>
internal static class FrameworkClaimsValidator
{
    public const int LongestHold = 3_600;

    /// <summary>Every fault, in the order of the transaction; none means valid.</summary>
    public static ImmutableArray<Fault> Validate(FrameworkClaims claims)
    {
        var faults = new FaultList();
        FrameworkValidator.CheckTransactionId(faults, claims.TransactionId);
        if (claims.Claims.IsDefaultOrEmpty || claims.Claims.Length > FrameworkValidator.TasksPerLaunch)
            faults.Add("/claims", $"expected 1 to {FrameworkValidator.TasksPerLaunch} claims");
        foreach (var (path, claim) in faults.Items("/claims", claims.Claims, FrameworkValidator.TasksPerLaunch))
            Check(faults, path, claim);
        if (claims.HoldSeconds is { } hold)
            faults.CheckRange("/holdSeconds", hold, 1, LongestHold);
        return faults.ToImmutable();
    }

    public static ImmutableArray<Fault> ReleaseFaults(ImmutableArray<string> claims, string framework)
    {
        var faults = new FaultList();
        foreach (var (path, claim) in faults.Items("/claims", claims, FrameworkValidator.TasksPerLaunch))
        {
            if (!OfferId.IsClaim(claim) || OfferId.FrameworkOf(claim) != framework)
                faults.Add(path, $"{Quoted.Of(claim)} is no claim of this framework");
        }

        return faults.ToImmutable();
    }

    private static void Check(FaultList faults, string path, FrameworkClaim claim)
    {
        if (string.IsNullOrEmpty(claim.Node))
            faults.Add($"{path}/node", "expected the name of a node");
        ResourceRules.Check(faults, $"{path}/resources", claim.Resources);
        if (claim.Extras is { } extras)
        {
            GpuRules.Check(faults, $"{path}/extras/gpu", extras.Gpu);
            AmountRules.Check(faults, $"{path}/extras/amounts", extras.Amounts);
        }

        if (claim.Ports.IsDefault)
            return;
        if (claim.Ports.Length > SpecLimits.PortsPerContainer)
            faults.Add($"{path}/ports", $"{claim.Ports.Length} entries are too many: expected at most {SpecLimits.PortsPerContainer}");
        for (var i = 0; i < Math.Min(claim.Ports.Length, SpecLimits.PortsPerContainer); i++)
        {
            faults.CheckRange($"{path}/ports/{i}/port", claim.Ports[i].Port, 1, PortRules.LargestPort);
            if (claim.Ports[..i].Contains(claim.Ports[i]))
                faults.Add($"{path}/ports/{i}", "it occurs twice");
        }
    }
}
