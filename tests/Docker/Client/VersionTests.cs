using OrleansCluster.Silo.Agent.Docker;

namespace OrleansCluster.Tests.Docker.Client;

public sealed class VersionTests
{
    [Theory]
    [InlineData("1.41", "1.41")]
    [InlineData("1.44", "1.44")]
    [InlineData("1.47", "1.47")]
    [InlineData("1.52", "1.47")]
    [InlineData("2.0", "1.47")]
    public void Agree_OnTheNewestThatBothSpeak(string theirs, string expected) => Assert.Equal(expected, DockerClient.Agree(theirs));

    [Theory]
    [InlineData("1.40", "20.10")]
    [InlineData("1.9", "20.10")]
    [InlineData("", "no Docker daemon")]
    [InlineData("new", "no Docker daemon")]
    public void Agree_WithOneThatIsTooOldOrNone_SaysWhatIsNeeded(string theirs, string expected) =>
        Assert.Contains(expected, Assert.Throws<RuntimeUnavailableException>(() => DockerClient.Agree(theirs)).Message);
}
