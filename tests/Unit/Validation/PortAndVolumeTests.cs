using System.Collections.Immutable;
using OrleansCluster.Grains.Tasks.Jobs;
using OrleansCluster.Grains.Tasks.Validation;

namespace OrleansCluster.Tests.Unit.Validation;

public sealed class PortAndVolumeTests
{
    private static readonly ContainerSpec _container = Specs.Container();

    [Theory]
    [InlineData(0, 80, "/containers/0/ports/0/container")]
    [InlineData(65536, 80, "/containers/0/ports/0/container")]
    [InlineData(80, 65536, "/containers/0/ports/0/host")]
    [InlineData(80, -1, "/containers/0/ports/0/host")]
    public void Port_OutOfRange_IsRefused(int container, int host, string path) => Specs.AssertOnly(Specs.FaultsOf(_container with { Ports = [Port(container, host)] }), path, "to 65535");

    [Fact]
    public void Port_LeftToTheRuntime_MayBeThereSeveralTimesAndIsNotClaimed()
    {
        var definition = Specs.Definition(_container with { Ports = [new PortMapping { Container = 80 }, Port(81, 0), Port(82, 8082)] });

        Assert.Empty(TaskDefinitionValidator.Validate(definition));
        Assert.Equal([new HostPort(8082, PortProtocol.Tcp)], ResolvedTask.Of("main", new TaskDefinition { Family = "web", Revision = 1, RegisteredAt = default, Containers = definition.Containers }).Ports);
    }

    [Fact]
    public void Port_SameHostPortInTwoContainers_FaultsTheSecond() =>
        Specs.AssertOnly(
            TaskDefinitionValidator.Validate(Specs.Definition(_container with { Ports = [Port(80, 8080)] }, Specs.Container("b") with { Ports = [Port(81, 8080)] })),
            "/containers/1/ports/0/host",
            "8080",
            "/containers/0/ports/0");

    [Fact]
    public void Port_WithoutNetwork_IsRefused() =>
        Specs.AssertOnly(ValidateOn(NetworkMode.None, Port(80, 80)), "/containers/0/ports/0", "without a network");

    [Fact]
    public void Port_OnTheHostsNetwork_MustBeTheSame()
    {
        Assert.Empty(ValidateOn(NetworkMode.Host, Port(80, 80)));
        Specs.AssertOnly(ValidateOn(NetworkMode.Host, Port(80, 8080)), "/containers/0/ports/0/host", "80", "8080");
    }

    [Fact]
    public void Port_NullOrOfAnUnknownProtocol_IsRefused()
    {
        var faults = Specs.FaultsOf(_container with { Ports = [null!, Port(80, 80) with { Protocol = (PortProtocol)7 }] });

        Assert.Equal(["/containers/0/ports/0", "/containers/0/ports/1/protocol"], faults.Select(fault => fault.Path));
    }

    [Fact]
    public void Mount_UnknownVolume_OffersTheNearest() =>
        Specs.AssertOnly(ValidateMount(new MountSpec { Volume = "dat", Path = "/d" }), "/containers/0/mounts/0/volume", "did you mean 'data'?");

    [Theory]
    [InlineData("data", "absolute")]
    [InlineData("", "absolute")]
    [InlineData(null, "absolute")]
    [InlineData("/", "whole file system")]
    public void Mount_BadPath_IsRefused(string? path, string word) =>
        Specs.AssertOnly(ValidateMount(new MountSpec { Volume = "data", Path = path! }), "/containers/0/mounts/0/path", word);

    [Fact]
    public void Mount_TwoAtOnePath_FaultsTheSecond() =>
        Specs.AssertOnly(
            ValidateMount(new MountSpec { Volume = "data", Path = "/d" }, new MountSpec { Volume = "data", Path = "/d" }),
            "/containers/0/mounts/1/path",
            "/containers/0/mounts/0");

    [Fact]
    public void Mount_NullOrWithoutVolume_IsRefused()
    {
        var faults = ValidateMount(null!, new MountSpec { Volume = null!, Path = "/d" });

        Assert.Equal(["/containers/0/mounts/0", "/containers/0/mounts/1/volume"], faults.Select(fault => fault.Path));
    }

    [Theory]
    [InlineData(null, null, "/volumes/0", "neither")]
    [InlineData("/srv", "cache", "/volumes/0", "both")]
    [InlineData("srv", null, "/volumes/0/host", "absolute")]
    [InlineData(null, "-cache", "/volumes/0/named", "2 to 255")]
    [InlineData(null, "", "/volumes/0/named", "2 to 255")]
    public void Volume_BadSource_IsRefused(string? host, string? named, string path, string word) =>
        Specs.AssertOnly(ValidateVolumes(new VolumeSpec { Name = "data", Host = host, Named = named }), path, word);

    [Fact]
    public void Volume_NameTwiceBadOrNull_IsRefused()
    {
        var volume = new VolumeSpec { Name = "data", Host = "/srv" };

        var faults = ValidateVolumes(volume, volume, volume with { Name = "Bad" }, volume with { Name = null! }, null!);

        Assert.Equal(["/volumes/4", "/volumes/2/name", "/volumes/3/name", "/volumes/1/name"], faults.Select(fault => fault.Path));
    }

    private static PortMapping Port(int container, int host) => new() { Container = container, Host = host };

    private static ImmutableArray<Fault> ValidateOn(NetworkMode network, PortMapping port) =>
        TaskDefinitionValidator.Validate(Specs.Definition(_container with { Ports = [port] }) with { Network = network });

    private static ImmutableArray<Fault> ValidateMount(params MountSpec[] mounts) =>
        TaskDefinitionValidator.Validate(Specs.Definition(_container with { Mounts = [.. mounts] }) with { Volumes = [new VolumeSpec { Name = "data", Host = "/srv" }] });

    private static ImmutableArray<Fault> ValidateVolumes(params VolumeSpec[] volumes) =>
        TaskDefinitionValidator.Validate(Specs.Definition(_container) with { Volumes = [.. volumes] });
}
