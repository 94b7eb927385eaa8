using System.Collections.Immutable;

namespace OrleansCluster.Tests.Unit.Validation;

public sealed class ContainerRulesTests
{
    private static readonly ContainerSpec _container = Specs.Container();

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Main")]
    [InlineData("a.b")]
    [InlineData("a_b")]
    public void Name_NotWellFormed_IsRefused(string? name) => Specs.AssertOnly(Specs.FaultsOf(_container with { Name = name! }), "/containers/0/name", "63 characters");

    [Fact]
    public void Name_Length_IsAtMost63()
    {
        Assert.Empty(Specs.FaultsOf(_container with { Name = new string('a', 63) }));
        Specs.AssertOnly(Specs.FaultsOf(_container with { Name = new string('a', 64) }), "/containers/0/name");
    }

    [Fact]
    public void Command_NullWord_IsRefused() => Specs.AssertOnly(Specs.FaultsOf(_container with { Command = ["echo", null!] }), "/containers/0/command/1", "null");

    [Fact]
    public void Command_NulCharacter_IsRefusedVisibly() =>
        Specs.AssertOnly(Specs.FaultsOf(_container with { EntryPoint = ["a\0b"] }), "/containers/0/entryPoint/0", @"'a\u0000b'");

    [Fact]
    public void Command_TooLong_IsRefused() =>
        Specs.AssertOnly(Specs.FaultsOf(_container with { Command = [new string('a', 65_537)] }), "/containers/0/command/0", "at most 65536");

    [Fact]
    public void Environment_Null_IsRefused() => Specs.AssertOnly(Specs.FaultsOf(_container with { Environment = null! }), "/containers/0/environment", "null");

    [Theory]
    [InlineData("", "/containers/0/environment/", "variable's name")]
    [InlineData("A=B", "/containers/0/environment/A=B", "'='")]
    [InlineData("a/b~\0", "/containers/0/environment/a~1b~0\0", "NUL")]
    [InlineData("OCS_EPOCH", "/containers/0/environment/OCS_EPOCH", "the cluster's to set")]
    public void Environment_BadName_IsRefused(string name, string path, string word) => Specs.AssertOnly(Specs.FaultsOf(_container with { Environment = Variables((name, "x")) }), path, word);

    [Fact]
    public void Environment_NullValue_IsRefused() => Specs.AssertOnly(Specs.FaultsOf(_container with { Environment = Variables(("A", null!)) }), "/containers/0/environment/A", "null");

    [Fact]
    public void Environment_TooManyVariables_NamesTheLimit()
    {
        var variables = Enumerable.Range(0, 101).Select(i => ($"V{i}", "")).ToArray();

        Assert.Empty(Specs.FaultsOf(_container with { Environment = Variables(variables[..100]) }));
        Specs.AssertOnly(Specs.FaultsOf(_container with { Environment = Variables(variables) }), "/containers/0/environment", "101", "at most 100");
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(3601)]
    public void StopTimeout_OutOfRange_IsRefused(int seconds) =>
        Specs.AssertOnly(Specs.FaultsOf(_container with { StopTimeout = seconds }), "/containers/0/stopTimeout", "0 to 3600");

    [Theory]
    [InlineData("")]
    [InlineData("tmp")]
    [InlineData("./tmp")]
    public void WorkingDirectory_NotAbsolute_IsRefused(string path) =>
        Specs.AssertOnly(Specs.FaultsOf(_container with { WorkingDirectory = path }), "/containers/0/workingDirectory", "absolute");

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("1:2:3")]
    [InlineData(":1")]
    [InlineData("root\n")]
    public void User_NotWellFormed_IsRefused(string user) => Specs.AssertOnly(Specs.FaultsOf(_container with { User = user }), "/containers/0/user", "1000:1000");

    private static ImmutableSortedDictionary<string, string> Variables(params (string Name, string Value)[] variables) =>
        variables.ToImmutableSortedDictionary(variable => variable.Name, variable => variable.Value, StringComparer.Ordinal);
}
