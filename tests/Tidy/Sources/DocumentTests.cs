namespace OrleansCluster.Tests.Tidy.Sources;

public sealed class DocumentTests
{
    [Fact]
    public void Documents_OfTheProject_NameFilesThatExist() =>
        Faults.AssertNone(Repository.Files
            .Where(path => path.EndsWith(".md", StringComparison.Ordinal) && File.Exists(Path.Combine(Repository.Root, path)))
            .SelectMany(path => DocumentRules.FindMissingFiles(path, File.ReadAllText(Path.Combine(Repository.Root, path)), Exists)));

    [Theory]
    [InlineData("README.md", "Run it:\n```sh\n./infra/gone --keep\n```", "infra/gone")]
    [InlineData("README.md", "see `grains/Gone.cs`", "grains/Gone.cs")]
    [InlineData("README.md", "[house](ARCHITECTURE.md#words)", "ARCHITECTURE.md")]
    [InlineData("client/README.md", "[up](../gone/x.md)", "gone/x.md")]
    public void FindMissingFiles_FileIsGone_NamesIt(string path, string text, string missing) =>
        Assert.EndsWith($"names {missing}, which does not exist", Assert.Single(DocumentRules.FindMissingFiles(path, text, _ => false)), StringComparison.Ordinal);

    [Theory]
    [InlineData("[site](https://example.org/infra/x)")]
    [InlineData("either/or, and/or")]
    [InlineData("`tests/*.cs` and tests/NAME…")]
    [InlineData("in [infra](infra/demo)")]
    public void FindMissingFiles_NothingOrFilesThatExist_FindsNothing(string text) =>
        Assert.Empty(DocumentRules.FindMissingFiles("README.md", text, path => path == "infra/demo"));

    private static bool Exists(string path) =>
        Repository.Files.Contains(path) || Repository.Files.Any(file => file.StartsWith(path + "/", StringComparison.Ordinal));
}
