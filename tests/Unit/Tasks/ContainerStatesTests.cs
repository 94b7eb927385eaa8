using OrleansCluster.Grains.Tasks;

namespace OrleansCluster.Tests.Unit.Tasks;

public sealed class ContainerStatesTests
{
    [Fact]
    public void AreAlike_PortsOfTheSameContent_AreNoNews() => Assert.True(ContainerStates.AreAlike([Container(32_768)], [Container(32_768)]));

    [Fact]
    public void AreAlike_AnotherPortOrStatus_IsNews()
    {
        Assert.False(ContainerStates.AreAlike([Container(32_768)], [Container(32_769)]));
        Assert.False(ContainerStates.AreAlike([Container(32_768)], [Container(32_768) with { Status = ContainerStatus.Stopped }]));
        Assert.False(ContainerStates.AreAlike([Container(32_768)], []));
    }

    private static ContainerState Container(int port) => new() { Name = "main", Status = ContainerStatus.Running, Ports = [new PublishedPort { Container = 80, Host = port }] };
}
