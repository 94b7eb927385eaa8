namespace OrleansCluster.Tests.Tidy.Assemblies;

public sealed class AssemblyTests
{
    [Fact]
    public void Placement_AsCompiled_IsPure() => Faults.AssertNone(PlacementRules.Check(AssemblyFile.Read("OrleansCluster.Placement")));

    [Fact]
    public void Placement_AsCompiled_UsesResources() =>
        Assert.Contains(new TypeName("OrleansCluster.GrainInterfaces", "OrleansCluster.Resources"), AssemblyFile.Read("OrleansCluster.Placement").Types);

    [Fact]
    public void Assemblies_AsCompiled_ReferOnlyDownwards() =>
        Faults.AssertNone(DependencyDirectionRules.Allowed.Keys.Select(AssemblyFile.Read).SelectMany(DependencyDirectionRules.Check));

    [Theory]
    [InlineData("OrleansCluster.GrainInterfaces", "OrleansCluster.JobSpec")]
    [InlineData("OrleansCluster.GrainInterfaces", "OrleansCluster.IJobGrain")]
    [InlineData("OrleansCluster.Embedded", "Orleans.Grain")]
    [InlineData("Orleans.Core.Abstractions", "Orleans.Grain")]
    [InlineData("Microsoft.Extensions.Logging.Abstractions", "Microsoft.Extensions.Logging.ILogger")]
    [InlineData("System.Runtime", "System.Random")]
    [InlineData("System.Runtime", "System.DateTime")]
    [InlineData("System.Runtime", "System.Threading.Tasks.Task")]
    public void CheckPlacement_TypeThatIsNotItsBusiness_IsNamed(string assembly, string type) =>
        Assert.Contains(type, Assert.Single(PlacementRules.Check(Using(assembly, type))), StringComparison.Ordinal);

    [Fact]
    public void CheckPlacement_OfTheGrains_FindsMuch() =>
        Assert.NotEmpty(PlacementRules.Check(AssemblyFile.Read("OrleansCluster.Grains")));

    [Theory]
    [InlineData("OrleansCluster.Grains", "ocs-silo")]
    [InlineData("OrleansCluster.Grains", "OrleansCluster.Client")]
    [InlineData("OrleansCluster.Client", "OrleansCluster.Grains")]
    [InlineData("OrleansCluster.Client", "OrleansCluster.Embedded")]
    [InlineData("OrleansCluster.Client.Orleans", "OrleansCluster.Grains")]
    [InlineData("OrleansCluster.Files", "OrleansCluster.Client")]
    [InlineData("OrleansCluster.GrainInterfaces", "OrleansCluster.Placement")]
    [InlineData("ocs", "ocs-silo")]
    public void CheckDirection_ReferenceUpwards_IsNamed(string from, string to) =>
        Assert.StartsWith(
            $"{from} refers to {to}", Assert.Single(DependencyDirectionRules.Check(new AssemblyFile(from, ["System.Runtime", to], []))), StringComparison.Ordinal);

    private static AssemblyFile Using(string assembly, string type) => new("OrleansCluster.Placement", [assembly], [new TypeName(assembly, type)]);
}
