namespace OrleansCluster.Tests.Tidy.Assemblies;

/// <summary>Placement is pure: what it decides depends on its arguments alone, so that it can be tested, replayed and trusted.</summary>
internal static class PlacementRules
{
    private static readonly HashSet<string> _ours =
    [
        "OrleansCluster.Resources",
        "OrleansCluster.HostPort",
        "OrleansCluster.PortProtocol",
        "OrleansCluster.NodeStatus",
        "OrleansCluster.NodeSnapshot",
        "OrleansCluster.ClusterDelta",
        "OrleansCluster.ClusterVersion",
        "OrleansCluster.PlacementRequest",
        "OrleansCluster.PlacementConstraint",
        "OrleansCluster.PlacementConstraintType",
        "OrleansCluster.PlacementStep",
        "OrleansCluster.PlacementStepType",
        "OrleansCluster.TaskGroupCount",
        "OrleansCluster.ExtraCapacity",
        "OrleansCluster.ExtraClaim",
        "OrleansCluster.ExtraDemand",
        "OrleansCluster.GpuDevice",
        "OrleansCluster.GpuShare",
        "OrleansCluster.GpuSpec",
        "OrleansCluster.PlacementExplanation",
        "OrleansCluster.NodeShortfall",
    ];

    /// <summary>Clock, chance, threads and the world outside.</summary>
    private static readonly string[] _impure =
    [
        "System.DateTime", "System.TimeProvider", "System.Diagnostics.Stopwatch", "System.Environment", "System.Random", "System.Guid", "System.Console",
        "System.Threading.", "System.IO.", "System.Net.", "System.Security.Cryptography.", "Microsoft.",
    ];

    public static IEnumerable<string> Check(AssemblyFile assembly) => assembly.Types.SelectMany(type => Check(assembly.Name, type));

    private static IEnumerable<string> Check(string name, TypeName type)
    {
        if (type.Assembly == "OrleansCluster.GrainInterfaces" ? !_ours.Contains(type.Name) : !IsOfTheFramework(type.Assembly))
            yield return $"{name} uses {type}: Placement knows resources and requests, and nothing else of ours";
        else if (_impure.Any(impure => type.Name == impure || (impure.EndsWith('.') && type.Name.StartsWith(impure, StringComparison.Ordinal))))
            yield return $"{name} uses {type}: what Placement needs comes in by its arguments";
    }

    private static bool IsOfTheFramework(string assembly) => assembly.StartsWith("System.", StringComparison.Ordinal);
}
