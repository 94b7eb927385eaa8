namespace OrleansCluster.Tests.Tidy.Sources;

public sealed class SourceTests
{
    [Fact]
    public void Sources_OfTheProject_HoldNoBannedText() => Faults.AssertNone(Repository.CSharpFiles().SelectMany(SourceRules.FindBannedText));

    [Fact]
    public void Sources_OfTheProject_AreShort() => Faults.AssertNone(Repository.CSharpFiles().SelectMany(SourceRules.FindLongFile));

    [Fact]
    public void Folders_OfTheProject_SayWhatLivesInThem() => Faults.AssertNone(SourceRules.FindFoldersWithoutReadme([.. Repository.Files]));

    [Fact]
    public void CSharpFiles_OfTheProject_AreFound() => Assert.Contains(Repository.CSharpFiles(), file => file.Path == "grain-interfaces/Jobs/IJobGrain.cs");

    [Theory]
    [InlineData("grains/Tasks/A.cs", "await Task" + ".Run(Work);")]
    [InlineData("silo/Agent/A.cs", "await Task" + ".Run(Work);")]
    [InlineData("silo/A.cs", "await work.Configure" + "Await(false);")]
    [InlineData("grains/A.cs", "#" + "if ENGINE_ORLEANS")]
    [InlineData("tests/A.cs", "// TO" + "DO: later")]
    [InlineData("client/A.cs", "throw new Not" + "ImplementedException();")]
    [InlineData("silo/A.cs", "logger.Log" + "Information(\"started\");")]
    public void FindBannedText_TextThatIsBannedThere_NamesFileAndLine(string path, string line) =>
        Assert.StartsWith($"{path}:2 ", Assert.Single(SourceRules.FindBannedText(new SourceFile(path, ["", line]))), StringComparison.Ordinal);

    [Theory]
    [InlineData("tests/Engine/A.cs", "await Task" + ".Run(Work);")]
    [InlineData("embedded/A.cs", "await work.Configure" + "Await(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);")]
    [InlineData("tests/A.cs", "#" + "if ENGINE_ORLEANS")]
    public void FindBannedText_TextThatIsFineThere_FindsNothing(string path, string line) => Assert.Empty(SourceRules.FindBannedText(new SourceFile(path, [line])));

    [Fact]
    public void FindLongFile_OneLineTooMany_IsFound()
    {
        Assert.Empty(SourceRules.FindLongFile(new SourceFile("a.cs", [.. Enumerable.Repeat("", SourceRules.LongestFile)])));
        Assert.Single(SourceRules.FindLongFile(new SourceFile("a.cs", [.. Enumerable.Repeat("", SourceRules.LongestFile + 1)])));
    }

    [Fact]
    public void FindFoldersWithoutReadme_OneLacksIt_NamesIt() =>
        Assert.StartsWith("b/ ", Assert.Single(SourceRules.FindFoldersWithoutReadme(["LICENSE", "a/README.md", "a/x.cs", "b/c/README.md", ".ci/run"])), StringComparison.Ordinal);
}
