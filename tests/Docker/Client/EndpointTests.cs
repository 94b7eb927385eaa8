using OrleansCluster.Silo.Agent.Docker;

namespace OrleansCluster.Tests.Docker.Client;

public sealed class EndpointTests
{
    [Theory]
    [InlineData(null, "unix:///var/run/docker.sock", true)]
    [InlineData(" ", "unix:///var/run/docker.sock", true)]
    [InlineData("unix:///tmp/d.sock", "unix:///tmp/d.sock", true)]
    [InlineData("tcp://127.0.0.1:2375", "tcp://127.0.0.1:2375", false)]
    [InlineData("tcp://[::1]:2375", "tcp://[::1]:2375", false)]
    public void Parse_WhatIsSupported_IsUnderstood(string? text, string expected, bool isLocal)
    {
        var endpoint = DockerEndpoint.Parse(text);

        Assert.Equal((expected, isLocal), (endpoint.ToString(), endpoint.IsLocal));
    }

    [Theory]
    [InlineData("unix://")]
    [InlineData("tcp://host")]
    [InlineData("ssh://me@host")]
    [InlineData("npipe:////./pipe/docker_engine")]
    [InlineData("https://host:2376")]
    [InlineData("/var/run/docker.sock")]
    public void Parse_WhatIsNot_SaysWhatIs(string text)
    {
        var refusal = Assert.Throws<FormatException>(() => DockerEndpoint.Parse(text));

        Assert.Contains(text, refusal.Message);
        Assert.Contains("unix:///path/to.sock or tcp://host:port", refusal.Message);
    }
}
