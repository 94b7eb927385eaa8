using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using OrleansCluster.Grains.Tasks.Validation;

namespace OrleansCluster.Tests.Properties.Validation;

public sealed class OverrideProperties
{
    private static readonly string[] _names = ["a", "b", "c"];

    private static readonly Gen<ImmutableSortedDictionary<string, string>> _environment =
        from count in Gen.Choose(0, 3)
        from keys in Gen.ArrayOf(Gen.Elements("A", "B", "C"), count)
        from value in Gen.Choose(0, 9)
        select keys.Distinct(StringComparer.Ordinal).ToImmutableSortedDictionary(key => key, _ => $"{value}", StringComparer.Ordinal);

    private static readonly Gen<ContainerSpec> _container =
        from environment in _environment
        from cpu in Gen.Choose(1, 1_000)
        from memory in Gen.Choose(1, 1_000)
        select new ContainerSpec { Name = "", Image = "app", Command = ["base"], Environment = environment, Resources = new Resources(cpu, memory, 7) };

    private static readonly Gen<ContainerOverride> _override =
        from name in Gen.Elements("a", "b", "c", "d")
        from environment in _environment
        from hasCommand in Gen.Elements(true, false)
        from cpu in Gen.Choose(-1, 1_000)
        from memory in Gen.Choose(-1, 1_000)
        select new ContainerOverride
        {
            Name = name,
            Environment = environment,
            Command = hasCommand ? ["changed"] : [],
            Cpu = cpu < 0 ? null : cpu,
            Memory = memory < 0 ? null : memory,
        };

    private static readonly Gen<(TaskDefinition Definition, ImmutableArray<ContainerOverride> Overrides)> _cases =
        from containers in Gen.ArrayOf(_container, 3)
        from count in Gen.Choose(0, 4)
        from overrides in Gen.ArrayOf(_override, count)
        select (
            new TaskDefinition { Family = "base", Revision = 1, RegisteredAt = default, Containers = [.. containers.Select((container, i) => container with { Name = _names[i] })] },
            overrides.ToImmutableArray());

    [Fact]
    public void Apply_OverridesWithoutFaults_MakeADefinitionWithoutFaultsThatDiffersOnlyThere() => Check.ForAll(_cases, item =>
    {
        var (definition, overrides) = item;
        var job = new JobSpec { Name = "job", Tasks = [new JobTaskSpec { Name = "task", Definition = "base", Overrides = overrides }] };
        if (!JobValidator.Validate(job).IsEmpty || !OverrideRules.FaultsWith(definition, "", overrides).IsEmpty)
            return;
        var containers = ContainerOverrides.Apply(definition, overrides);

        Assert.Empty(TaskDefinitionValidator.Validate(new TaskDefinitionSpec { Family = "job-task", Containers = containers }));
        foreach (var (before, after) in definition.Containers.Zip(containers))
        {
            var change = overrides.SingleOrDefault(other => other.Name == before.Name);
            Assert.Equal(change?.Cpu ?? before.Resources.Cpu, after.Resources.Cpu);
            Assert.Equal(change?.Memory ?? before.Resources.Memory, after.Resources.Memory);
            Assert.Equal(change is null || change.Command.IsEmpty ? before.Command : change.Command, after.Command);
            Assert.All(change?.Environment ?? ImmutableSortedDictionary<string, string>.Empty, variable => Assert.Equal(variable.Value, after.Environment[variable.Key]));
            Assert.All(before.Environment.Where(variable => change?.Environment.ContainsKey(variable.Key) != true), variable => Assert.Equal(variable.Value, after.Environment[variable.Key]));
            Assert.Equal(before with { Command = after.Command, Environment = after.Environment, Resources = after.Resources }, after);
        }
    });

    [Fact]
    public void FaultsWith_Overrides_FindsContainersThatTheDefinitionLacks() => Check.ForAll(_cases, item =>
        Assert.Equal(
            item.Overrides.Count(change => !_names.Contains(change.Name, StringComparer.Ordinal)),
            OverrideRules.FaultsWith(item.Definition, "", item.Overrides).Count(fault => fault.Path.EndsWith("/name", StringComparison.Ordinal))));
}
