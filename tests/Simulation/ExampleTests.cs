namespace OrleansCluster.Tests.Simulation;

/// <summary>The example's own tests run in this suite; what the documents show of it is from there.</summary>
public sealed class ExampleTests
{
    private const string Fence = "```";
    private static readonly string _root = FindRoot();

    [Fact]
    public void Readme_SampleOfTheTestingPackage_IsOfTheExample()
    {
        var example = Directory.GetFiles(Path.Combine(_root, "infra/examples/simulated-tests"), "*.cs").SelectMany(File.ReadLines).Select(line => line.Trim()).ToHashSet();

        var sample = SampleOf("embedded/README.md");

        Assert.NotEmpty(sample);
        Assert.All(sample, line => Assert.Contains(line, example));
    }

    /// <summary>The lines of its C#.</summary>
    private static List<string> SampleOf(string document) =>
    [
        .. File.ReadLines(Path.Combine(_root, document))
            .SkipWhile(line => line != $"{Fence}csharp")
            .Skip(1)
            .TakeWhile(line => line != Fence)
            .Select(line => line.Trim())
            .Where(line => line.Length > 0),
    ];

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "OrleansCluster.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} holds OrleansCluster.sln: run these tests from a working tree.");
        return folder.FullName;
    }
}
