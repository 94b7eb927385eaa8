namespace OrleansCluster.Tests.Tidy.Assemblies;

/// <summary>Dependencies point down: silo → grains → grain-interfaces, cli → client, files → grain-interfaces' messages. What makes a process a member of
/// a deployment is in client/orleans, and the silo uses it as any other member does.</summary>
internal static class DependencyDirectionRules
{
    private const string Engine = "OrleansCluster.Embedded";
    private const string Contracts = "OrleansCluster.GrainInterfaces";
    private const string Placement = "OrleansCluster.Placement";
    private const string Grains = "OrleansCluster.Grains";
    private const string Client = "OrleansCluster.Client";
    private const string Schedulers = "OrleansCluster.Schedulers";
    private const string Files = "OrleansCluster.Files";
    private const string GrainClient = "OrleansCluster.Client.Orleans";
    private const string Silo = "ocs-silo";
    private const string Cli = "ocs";

    /// <summary>Our assemblies, and which of ours each may refer to.</summary>
    public static IReadOnlyDictionary<string, string[]> Allowed { get; } = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        [Contracts] = [Engine],
        [Placement] = [Contracts],
        [Grains] = [Engine, Contracts, Placement],
        [Silo] = [Engine, Contracts, Placement, Grains, GrainClient],
        [Schedulers] = [Contracts],
        [Client] = [Contracts, Schedulers],
        [GrainClient] = [Engine, Contracts, Schedulers],
        [Files] = [Contracts],
        [Cli] = [Client, Contracts, Files],
    };

    public static IEnumerable<string> Check(AssemblyFile assembly) =>
        assembly.References
            .Where(reference => reference == Engine || Allowed.ContainsKey(reference))
            .Except(Allowed[assembly.Name])
            .Select(reference => $"{assembly.Name} refers to {reference}: it may refer to {string.Join(", ", Allowed[assembly.Name])}");
}
