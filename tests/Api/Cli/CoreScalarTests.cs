using OrleansCluster.Files;

namespace OrleansCluster.Tests.Api.Cli;

public sealed class CoreScalarTests
{
    [Theory]
    [InlineData("", "null")]
    [InlineData("~", "null")]
    [InlineData("Null", "null")]
    [InlineData("TRUE", "true")]
    [InlineData("false", "false")]
    [InlineData("0", "0")]
    [InlineData("-0", "-0")]
    [InlineData("007", "7")]
    [InlineData("+12", "12")]
    [InlineData("-19", "-19")]
    [InlineData("0x1F", "31")]
    [InlineData("0o17", "15")]
    [InlineData("1.50", "1.50")]
    [InlineData(".5", "0.5")]
    [InlineData("5.", "5")]
    [InlineData("1e3", "1e3")]
    [InlineData("-1.5E-3", "-1.5E-3")]
    [InlineData("123456789012345678901234567890", "123456789012345678901234567890")]
    public void ToJson_ScalarOfTheCoreSchema_IsTyped(string text, string expected) => Assert.Equal(expected, CoreScalar.ToJson(text));

    [Theory]
    [InlineData("no")]
    [InlineData("yes")]
    [InlineData("tRue")]
    [InlineData("1:30")]
    [InlineData("1_000")]
    [InlineData("0x")]
    [InlineData("0b1")]
    [InlineData(".")]
    [InlineData("-")]
    [InlineData("1e")]
    [InlineData("1.2.3")]
    [InlineData("2026-11-22")]
    [InlineData("e5")]
    [InlineData("5\n")]
    [InlineData(".inf")]
    public void ToJson_AnythingElse_IsAString(string text) => Assert.Null(CoreScalar.ToJson(text));

    [Theory]
    [InlineData("depends_on", "dependsOn", true)]
    [InlineData("Image", "image", true)]
    [InlineData("conut", "count", true)]
    [InlineData("cout", "count", true)]
    [InlineData("mounts", "ports", false)]
    [InlineData("cpu", "gpu", true)]
    [InlineData("x", "y", false)]
    public void NearNameIs_Pairs_KnowsSlipsOfTheFinger(string written, string known, bool expected) => Assert.Equal(expected, NearName.Is(written, known));
}
