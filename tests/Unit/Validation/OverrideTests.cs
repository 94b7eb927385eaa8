using System.Collections.Immutable;
using OrleansCluster.Grains.Tasks.Validation;

namespace OrleansCluster.Tests.Unit.Validation;

public sealed class OverrideTests
{
    private static readonly TaskDefinition _definition = new()
    {
        Family = "web",
        Revision = 3,
        RegisteredAt = default,
        Containers =
        [
            Specs.Container("app") with { Command = ["serve"], Environment = Variables(("A", "1"), ("B", "2")) },
            Specs.Container("side"),
        ],
    };

    [Fact]
    public void Apply_EverythingGiven_ChangesThatContainerAlone()
    {
        var containers = ContainerOverrides.Apply(_definition, [new ContainerOverride { Name = "app", Command = ["report", "now"], Environment = Variables(("B", "3"), ("C", "4")), Cpu = 250, Memory = 512 }]);

        Assert.Equal(["report", "now"], containers[0].Command);
        Assert.Equal([("A", "1"), ("B", "3"), ("C", "4")], containers[0].Environment.Select(variable => (variable.Key, variable.Value)));
        Assert.Equal(new Resources(250, 512, 0), containers[0].Resources);
        Assert.Equal(_definition.Containers[1], containers[1]);
    }

    [Fact]
    public void Apply_NothingGiven_ChangesNothing() =>
        Assert.Equal(_definition.Containers, ContainerOverrides.Apply(_definition, [new ContainerOverride { Name = "app" }, new ContainerOverride { Name = "nobody", Cpu = 1 }]));

    [Fact]
    public void Validate_OverridesWithoutDefinition_AreRefused() =>
        Specs.AssertOnly(Specs.FaultsOf(Specs.Task("a") with { Overrides = [new ContainerOverride { Name = "main" }] }), "/tasks/0/overrides", "go with a definition");

    [Fact]
    public void Validate_OverridesWithFaults_AreAllToldWhereTheyStand()
    {
        var faults = Specs.FaultsOf(new JobTaskSpec
        {
            Name = "a",
            Definition = "web",
            Overrides =
            [
                new ContainerOverride { Name = "App", Command = [null!], Environment = Variables(("OCS_X", "")), Cpu = 0, Memory = -1 },
                new ContainerOverride { Name = "app" },
                new ContainerOverride { Name = "app" },
                null!,
            ],
        });

        Assert.Equal(
            [
                "/tasks/0/overrides/3", "/tasks/0/overrides/0/name", "/tasks/0/overrides/0/command/0", "/tasks/0/overrides/0/environment/OCS_X", "/tasks/0/overrides/0/cpu",
                "/tasks/0/overrides/0/memory", "/tasks/0/overrides/2/name",
            ],
            faults.Select(fault => fault.Path));
    }

    [Fact]
    public void FaultsWith_UnknownContainer_OffersTheNearest() =>
        Specs.AssertOnly(OverrideRules.FaultsWith(_definition, "/tasks/0", [new ContainerOverride { Name = "sode" }]), "/tasks/0/overrides/0/name", "no container of web:3", "did you mean 'side'?", "app, side");

    [Fact]
    public void FaultsWith_SumBeyondWhatATaskMayHave_SaysSo() =>
        Specs.AssertOnly(OverrideRules.FaultsWith(_definition, "/tasks/1", [new ContainerOverride { Name = "side", Cpu = 1_024_000 }]), "/tasks/1/overrides", "with them, web:3 has a fault at /containers", "adds up to 1024100");

    [Fact]
    public void FaultsWith_GoodOnes_FindsNone() => Assert.Empty(OverrideRules.FaultsWith(_definition, "/tasks/0", [new ContainerOverride { Name = "app", Cpu = 1 }]));

    private static ImmutableSortedDictionary<string, string> Variables(params (string Name, string Value)[] variables) =>
        variables.ToImmutableSortedDictionary(variable => variable.Name, variable => variable.Value, StringComparer.Ordinal);
}
