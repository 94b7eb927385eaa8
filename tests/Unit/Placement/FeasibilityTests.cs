using System.Collections.Frozen;
using OrleansCluster.Placement;

namespace OrleansCluster.Tests.Unit.Placement;

public sealed class FeasibilityTests
{
    private static readonly Resources _capacity = new(1000, 2048, 4096);
    private static readonly IReadOnlySet<HostPort> _noPorts = FrozenSet<HostPort>.Empty;

    [Fact]
    public void Check_ExactlyWhatIsFree_Fits() =>
        Assert.Null(Feasibility.Check(NodeStatus.Active, _capacity, new Resources(400, 48, 96), _noPorts, new Resources(600, 2000, 4000), []));

    [Theory]
    [InlineData(1001, 1, 1, "cpu", 1)]
    [InlineData(1, 2050, 1, "memory", 2)]
    [InlineData(1, 1, 4099, "disk", 3)]
    [InlineData(2000, 9999, 9999, "cpu", 1000)]
    [InlineData(1, 9999, 9999, "memory", 7951)]
    public void Check_MoreThanIsFree_NamesTheFirstDimensionAndWhatIsMissing(int cpu, int memory, int disk, string dimension, long missing)
    {
        var shortfall = Feasibility.Check(NodeStatus.Active, _capacity, Resources.Zero, _noPorts, new Resources(cpu, memory, disk), []);

        Assert.Equal((dimension, missing, $"insufficient {dimension}"), (shortfall?.Dimension, shortfall?.Missing, shortfall?.Reason));
    }

    [Theory]
    [InlineData(NodeStatus.Draining, "draining")]
    [InlineData(NodeStatus.Lost, "lost")]
    public void Check_NodeThatIsNotActive_IsRefusedBeforeAnythingElse(NodeStatus status, string reason)
    {
        var shortfall = Feasibility.Check(status, _capacity, Resources.Zero, _noPorts, new Resources(9999, 9999, 9999), []);

        Assert.Equal((Obstacle.Status, "status", reason), (shortfall?.Obstacle, shortfall?.Dimension, shortfall?.Reason));
    }

    [Fact]
    public void Check_PortTaken_NamesPortAndProtocol()
    {
        var taken = new HashSet<HostPort> { new(8080, PortProtocol.Tcp), new(53, PortProtocol.Udp) };

        var shortfall = Feasibility.Check(NodeStatus.Active, _capacity, Resources.Zero, taken, new Resources(1, 1, 1), [new(8080, PortProtocol.Udp), new(53, PortProtocol.Udp)]);

        Assert.Equal(("port 53/UDP", "port 53/UDP taken"), (shortfall?.Dimension, shortfall?.Reason));
    }

    [Fact]
    public void Check_SameNumberOfTheOtherProtocol_Fits() =>
        Assert.Null(Feasibility.Check(
            NodeStatus.Active, _capacity, Resources.Zero, new HashSet<HostPort> { new(53, PortProtocol.Udp) }, Resources.Zero, [new(53, PortProtocol.Tcp)]));

    [Fact]
    public void Check_SumsBeyond32Bits_DoNotWrapRoundToFit()
    {
        var huge = new Resources(int.MaxValue, int.MaxValue, int.MaxValue);

        var shortfall = Feasibility.Check(NodeStatus.Active, huge, huge, _noPorts, huge, []);

        Assert.Equal((Obstacle.Cpu, int.MaxValue), (shortfall?.Obstacle, (int?)shortfall?.Missing));
    }

    [Fact]
    public void Check_NodeClaimedBeyondItsCapacity_TakesNothingMore() =>
        Assert.Equal(Obstacle.Disk, Feasibility.Check(NodeStatus.Active, _capacity, new Resources(0, 0, 4097), _noPorts, new Resources(1, 1, 0), [])?.Obstacle);
}
