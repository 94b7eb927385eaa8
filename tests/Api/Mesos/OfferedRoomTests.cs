using System.Collections.Immutable;
using OrleansCluster.Silo.Api.Mesos;

namespace OrleansCluster.Tests.Api.Mesos;

/// <summary>Tasks of an ACCEPT against what its offers hold.</summary>
public sealed class OfferedRoomTests
{
    private static readonly Offer _offer = new() { Id = "f.~x.1", Node = "n", Resources = new Resources(1500, 100, 10), ExpiresAt = DateTimeOffset.UnixEpoch };
    private static readonly Offer _rich = _offer with { Extras = new ExtraDemand { Gpu = new GpuSpec { Count = 2 }, Amounts = ImmutableSortedDictionary<string, int>.Empty.Add("licence", 3) } };

    [Fact]
    public void Take_AllThatIsThereInTwoTasks_FitsAndNothingIsLeft()
    {
        var room = new OfferedRoom([_offer]);

        Assert.Null(room.Take(Task(1000, 60)));
        Assert.Null(room.Take(Task(500, 40)));
        Assert.Equal("Task uses more resources cpus:0.001 than available cpus:0", room.Take(Task(1, 0)));
    }

    [Fact]
    public void Take_TooMuch_NamesWhatAndTakesNothing()
    {
        var room = new OfferedRoom([_rich]);

        Assert.Equal("Task uses more resources cpus:1.501; mem:101 than available cpus:1.5; mem:100", room.Take(Task(1501, 101)));
        Assert.Equal("Task uses more resources gpus:3 than available gpus:2", room.Take(Task(100, 1, container => container with { Gpu = new GpuSpec { Count = 3 } })));
        Assert.Equal("Task uses more resources bolts:1; licence:4 than available bolts:0; licence:3", room.Take(Task(100, 1, container => container with { Amounts = container.Amounts.Add("licence", 4).Add("bolts", 1) })));
        Assert.Null(room.Take(Task(1500, 100, container => container with { Gpu = new GpuSpec { Count = 2 }, Amounts = container.Amounts.Add("licence", 3) })));
    }

    [Fact]
    public void Take_TwoOffersOfANode_HoldTheirSum()
    {
        var room = new OfferedRoom([_offer, _rich, _offer with { Node = "other" }]);

        Assert.Null(room.Take(Task(3000, 200)));
        Assert.NotNull(room.Take(Task(1, 1)));
        Assert.Null(room.Take(Task(1500, 100) with { Node = "other" }));
    }

    [Fact]
    public void Take_NodeOfWhichNothingIsOffered_IsNotJudged() => Assert.Null(new OfferedRoom([_offer]).Take(Task(9000, 1) with { Node = "other" }));

    [Fact]
    public void Take_PortThatIsTaken_SaysWhich()
    {
        var (gone, free) = (new HostPort(31000, PortProtocol.Tcp), new HostPort(31001, PortProtocol.Tcp));
        var room = new OfferedRoom([_offer with { TakenPorts = [gone, free] }, _offer with { TakenPorts = [gone] }]);

        Assert.Equal("Task uses port 31000, which is not available", room.Take(WithPort(31000)));
        Assert.Null(room.Take(WithPort(31001)));
        Assert.Equal("Task uses port 31001, which is not available", room.Take(WithPort(31001)));
        Assert.Null(room.Take(WithPort(0)));
        Assert.Null(room.Take(WithPort(0)));
    }

    private static FrameworkTask WithPort(int port) => Task(1, 1, container => container with { Ports = [new PortMapping { Container = 80, Host = port }] });

    private static FrameworkTask Task(int cpu, int memory, Func<ContainerSpec, ContainerSpec>? change = null)
    {
        var container = new ContainerSpec { Name = "task", Image = "busybox", Resources = new Resources(cpu, memory, 0) };
        return new FrameworkTask { Name = "t", Node = "n", Containers = [change is null ? container : change(container)] };
    }
}
