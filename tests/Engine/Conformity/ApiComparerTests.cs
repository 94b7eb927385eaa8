namespace OrleansCluster.Tests.Engine.Conformity;

/// <summary>The comparison must be able to fail: each way to differ, on the types in Samples.cs.</summary>
public sealed class ApiComparerTests
{
    private const string Space = "OrleansCluster.Tests.Engine.Conformity.Samples";

    [Theory]
    [InlineData("Same", "")]
    [InlineData("Fewer", "")]
    [InlineData("ParameterName", "has no")]
    [InlineData("ParameterType", "has no")]
    [InlineData("ParameterDefault", "has no")]
    [InlineData("NoDefault", "has no")]
    [InlineData("ReturnType", "has no")]
    [InlineData("ExtraMember", "nothing of that name")]
    [InlineData("ExtraConstructor", "has no")]
    [InlineData("MethodConstraint", "has no")]
    [InlineData("Abstractness", "has no")]
    [InlineData("Access", "has no")]
    [InlineData("InitInsteadOfSet", "has no")]
    [InlineData("Required", "has no")]
    [InlineData("Statics", "has no")]
    [InlineData("FieldType", "has no")]
    [InlineData("EnumValue", "has no")]
    [InlineData("Kind", "should be")]
    [InlineData("BaseType", "should be")]
    [InlineData("Sealing", "should be")]
    [InlineData("EnumSize", "should be")]
    [InlineData("TypeConstraint`1", "should be")]
    [InlineData("UsageTargets", "should be")]
    [InlineData("UsageMultiple", "should be")]
    [InlineData("ExtraInterface", "should not implement")]
    public void Differences_OfSamples_AreReported(string type, string expected)
    {
        var file = typeof(ApiComparerTests).Assembly.Location;
        var ours = ApiReader.Read(file, space => space == $"{Space}.Ours")[$"{Space}.Ours.{type}"];
        var theirs = ApiReader.Read(file, space => space == $"{Space}.Theirs")[$"{Space}.Theirs.{type}"];

        var differences = ApiComparer.Differences(ours, theirs).ToArray();

        if (expected.Length == 0) Assert.Empty(differences);
        else Assert.Contains(expected, Assert.Single(differences), StringComparison.Ordinal);
    }
}
