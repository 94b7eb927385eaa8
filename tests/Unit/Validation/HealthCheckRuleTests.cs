using System.Collections.Immutable;
using OrleansCluster.Grains.Tasks.Validation;

namespace OrleansCluster.Tests.Unit.Validation;

public sealed class HealthCheckRuleTests
{
    public static TheoryData<HealthCheckSpec> Good => new(
        new HealthCheckSpec { Command = ["test", "-f", "/ready"], Interval = 1, Timeout = 1, Retries = 1, StartPeriod = 0 },
        new HealthCheckSpec { Http = new HttpCheckSpec { Port = 80, Path = "/live?deep=1", Status = 204 }, Interval = 300, Timeout = 60, Retries = 10, StartPeriod = 300 },
        new HealthCheckSpec { Http = new HttpCheckSpec { Port = 65_535 } },
        new HealthCheckSpec { Tcp = new TcpCheckSpec { Port = 1 } },
        new HealthCheckSpec { Image = true, Interval = 10 });

    [Theory]
    [MemberData(nameof(Good))]
    public void Validate_OneKindWithinItsLimits_IsAccepted(HealthCheckSpec check) => Assert.Empty(Faults(check));

    [Fact]
    public void Validate_NoKind_IsRefused() => Specs.AssertOnly(Faults(new HealthCheckSpec()), "/containers/0/healthCheck", "exactly one", "found none");

    [Fact]
    public void Validate_SeveralKinds_NamesThem() =>
        Specs.AssertOnly(
            Faults(new HealthCheckSpec { Command = ["true"], Http = new HttpCheckSpec { Port = 80 }, Tcp = new TcpCheckSpec { Port = 80 }, Image = true }),
            "/containers/0/healthCheck",
            "found command and http and tcp and image");

    [Fact]
    public void Validate_EverythingWrong_NamesAllOfIt()
    {
        var faults = Faults(new HealthCheckSpec
        {
            Command = [null!],
            Http = new HttpCheckSpec { Port = 0, Path = "live", Status = 99 },
            Tcp = new TcpCheckSpec { Port = 65_536 },
            Interval = 301,
            Timeout = 0,
            Retries = 11,
            StartPeriod = -1,
        });

        Assert.Equal(
            ["", "/command/0", "/http/port", "/http/path", "/http/status", "/tcp/port", "/interval", "/timeout", "/retries", "/startPeriod"],
            faults.Select(fault => fault.Path["/containers/0/healthCheck".Length..]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("http://host/")]
    [InlineData("/a b")]
    [InlineData("/a#b")]
    [InlineData("/a\r\nHost: other")]
    [InlineData(null)]
    public void Validate_APathThatIsNone_IsRefused(string? path) =>
        Specs.AssertOnly(Faults(new HealthCheckSpec { Http = new HttpCheckSpec { Port = 80, Path = path! } }), "/containers/0/healthCheck/http/path", "is no path");

    [Fact]
    public void Validate_WithoutANetwork_OnlyWhatRunsInTheContainerIsAccepted()
    {
        Assert.Equal("/containers/0/healthCheck/http", Assert.Single(Faults(new HealthCheckSpec { Http = new HttpCheckSpec { Port = 80 } }, NetworkMode.None)).Path);
        Assert.Equal("/containers/0/healthCheck/tcp", Assert.Single(Faults(new HealthCheckSpec { Tcp = new TcpCheckSpec { Port = 80 } }, NetworkMode.None)).Path);
        Assert.Empty(Faults(new HealthCheckSpec { Command = ["true"] }, NetworkMode.None));
    }

    private static ImmutableArray<Fault> Faults(HealthCheckSpec check, NetworkMode network = default) =>
        TaskDefinitionValidator.Validate(Specs.Definition(Specs.Container() with { HealthCheck = check }) with { Network = network });
}
