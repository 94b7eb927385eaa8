using OrleansCluster.Grains.Tasks.Validation;

namespace OrleansCluster.Tests.Unit.Validation;

public sealed class TaskDefinitionValidatorTests
{
    [Fact]
    public void Validate_EverythingUsed_HasNoFault()
    {
        var main = Specs.Container() with
        {
            Image = "registry:5000/team/app:1.2",
            EntryPoint = ["/bin/sh", "-c"],
            Command = ["echo hello", ""],
            Environment = Specs.Container().Environment.Add("PATH", "/bin").Add("EMPTY", ""),
            DependsOn = [Specs.On("init", ContainerCondition.Success)],
            Mounts = [new MountSpec { Volume = "data", Path = "/data" }],
            Ports = [new PortMapping { Container = 80, Host = 8080 }, new PortMapping { Container = 80, Host = 8080, Protocol = PortProtocol.Udp }],
            StopTimeout = 0,
            WorkingDirectory = "/tmp",
            User = "1000:1000",
        };
        var definition = Specs.Definition(main, Specs.Container("init") with { Essential = false }) with
        {
            Volumes = [new VolumeSpec { Name = "data", Host = "/srv/data" }, new VolumeSpec { Name = "cache", Named = "cache_1" }],
        };

        Assert.Empty(TaskDefinitionValidator.Validate(definition));
    }

    [Fact]
    public void Validate_Nothing_IsAFaultOfTheWhole() => Specs.AssertOnly(TaskDefinitionValidator.Validate(null), "", "expected a task definition");

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Web")]
    [InlineData("1web")]
    [InlineData("-web")]
    [InlineData("web.api")]
    [InlineData("wéb")]
    [InlineData("web\n")]
    public void Validate_BadFamily_IsRefused(string? family) =>
        Specs.AssertOnly(TaskDefinitionValidator.Validate(Specs.Definition(Specs.Container()) with { Family = family! }), "/family", "128 characters");

    [Fact]
    public void Validate_FamilyLength_IsAtMost128()
    {
        var definition = Specs.Definition(Specs.Container());

        Assert.Empty(TaskDefinitionValidator.Validate(definition with { Family = new string('a', 128) }));
        Specs.AssertOnly(TaskDefinitionValidator.Validate(definition with { Family = new string('a', 129) }), "/family", "(129 characters)");
    }

    [Fact]
    public void Validate_NoContainers_IsRefused()
    {
        Specs.AssertOnly(TaskDefinitionValidator.Validate(Specs.Definition()), "/containers", "at least one container");
        Specs.AssertOnly(TaskDefinitionValidator.Validate(Specs.Definition() with { Containers = default }), "/containers", "at least one container");
    }

    [Fact]
    public void Validate_NullContainer_IsRefusedAndTheOthersAreStillJudged()
    {
        var faults = TaskDefinitionValidator.Validate(Specs.Definition(null!, Specs.Container("Bad")));

        Assert.Equal(["/containers/0", "/containers/1/name"], faults.Select(fault => fault.Path));
    }

    [Fact]
    public void Validate_TooManyContainers_NamesTheLimit()
    {
        var containers = Enumerable.Range(0, 17).Select(i => Specs.Container($"c{i}")).ToArray();

        Assert.Empty(TaskDefinitionValidator.Validate(Specs.Definition(containers[..16])));
        Specs.AssertOnly(TaskDefinitionValidator.Validate(Specs.Definition(containers)), "/containers", "17", "at most 16");
    }

    [Fact]
    public void Validate_TwoContainersOfOneName_FaultsTheSecond() =>
        Specs.AssertOnly(TaskDefinitionValidator.Validate(Specs.Definition(Specs.Container("a"), Specs.Container("a"))), "/containers/1/name", "'a'", "/containers/0");

    [Fact]
    public void Validate_NothingEssential_IsRefused() =>
        Specs.AssertOnly(Specs.FaultsOf(Specs.Container() with { Essential = false }), "/containers", "no container is essential");

    [Theory]
    [InlineData(2_000_000_000, 1, 1, "/containers/0/resources/cpu", "1000 is one core")]
    [InlineData(0, 1, 1, "/containers/0/resources/cpu", "expected 1 to")]
    [InlineData(-5, 1, 1, "/containers/0/resources/cpu", "-5")]
    [InlineData(1, 0, 1, "/containers/0/resources/memory", "MiB")]
    [InlineData(1, int.MaxValue, 1, "/containers/0/resources/memory", "MiB")]
    [InlineData(1, 1, -1, "/containers/0/resources/disk", "expected 0 to")]
    public void Validate_AmountOutOfRange_NamesTheDimension(int cpu, int memory, int disk, string path, string word) =>
        Specs.AssertOnly(Specs.FaultsOf(Specs.Container() with { Resources = new Resources(cpu, memory, disk) }), path, word);

    [Fact]
    public void Validate_SumOfAllContainersTooLarge_IsRefusedAndNothingOverflows()
    {
        var half = SpecLimits.LargestTask.Memory / 2 + 1;
        var large = Specs.Container() with { Resources = new Resources(1, half, 0) };

        Specs.AssertOnly(TaskDefinitionValidator.Validate(Specs.Definition(large, large with { Name = "b" })), "/containers", "memory adds up to");
    }

    [Fact]
    public void Validate_UnknownNetwork_IsRefused() =>
        Specs.AssertOnly(TaskDefinitionValidator.Validate(Specs.Definition(Specs.Container()) with { Network = (NetworkMode)9 }), "/network", "BRIDGE");

    [Fact]
    public void Validate_SeveralFaults_TellsAllOfThem()
    {
        var container = Specs.Container("Main") with { Image = "Bad Image", Resources = new Resources(0, -1, 0), StopTimeout = -1, DependsOn = [Specs.On("nobody", ContainerCondition.Start)] };

        var faults = TaskDefinitionValidator.Validate(Specs.Definition(container) with { Family = "Web" });

        Assert.Equal(
            ["/family", "/containers/0/name", "/containers/0/image", "/containers/0/resources/cpu", "/containers/0/resources/memory", "/containers/0/stopTimeout", "/containers/0/dependsOn/0/container"],
            faults.Select(fault => fault.Path));
    }

    [Fact]
    public void Validate_MoreFaultsThanAnAnswerHolds_CountsTheRest()
    {
        var container = Specs.Container() with { Command = [.. Enumerable.Repeat<string>(null!, 900)] };

        var faults = Specs.FaultsOf(container);

        Assert.Equal(SpecLimits.Faults + 1, faults.Length);
        Assert.Equal(new Fault("", "and 700 more faults"), faults[^1]);
    }
}
