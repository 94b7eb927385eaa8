using OrleansCluster.Silo.Agent;
using OrleansCluster.Silo.Agent.Docker;

namespace OrleansCluster.Tests.Unit.Agent;

/// <summary>What is written on a container is read back, also where an earlier version has written it.</summary>
public sealed class DockerLabelsTests
{
    private static readonly ContainerLabels _labels = new("lab", "n1", "job.work.0", 3, "main");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Read_WhatWasWritten_IsTheSame(bool isKept) => Assert.Equal(_labels with { IsKept = isKept }, DockerLabels.Read(DockerLabels.Write(_labels with { IsKept = isKept })));

    [Fact]
    public void Write_NotKept_SaysNothingOfIt() => Assert.DoesNotContain(DockerLabels.OnDisconnect, DockerLabels.Write(_labels).Keys);

    [Theory]
    [InlineData("stop")]
    [InlineData("")]
    public void Read_AnythingElse_IsNotKept(string text)
    {
        var written = DockerLabels.Write(_labels);
        written[DockerLabels.OnDisconnect] = text;

        Assert.False(DockerLabels.Read(written)!.IsKept);
    }
}
