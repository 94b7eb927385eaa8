using System.Collections.Immutable;
using OrleansCluster.Grains.Tasks.Validation;

namespace OrleansCluster.Tests.Unit.Validation;

/// <summary>Valid specifications to spoil in one place, and a short way to say which faults that must give.</summary>
internal static class Specs
{
    public static ContainerSpec Container(string name = "main") => new() { Name = name, Image = "busybox", Resources = new Resources(100, 64, 0) };

    public static TaskDefinitionSpec Definition(params ContainerSpec[] containers) => new() { Family = "web", Containers = [.. containers] };

    public static JobTaskSpec Task(string name, params string[] dependsOn) => new() { Name = name, Containers = [Container()], DependsOn = [.. dependsOn] };

    public static JobSpec Job(params JobTaskSpec[] tasks) => new() { Name = "wordcount", Tasks = [.. tasks] };

    public static ContainerDependency On(string container, ContainerCondition condition) => new() { Container = container, Condition = condition };

    public static void AssertOnly(ImmutableArray<Fault> faults, string path, params string[] words)
    {
        var fault = Assert.Single(faults);
        Assert.Equal(path, fault.Path);
        Assert.All(words, word => Assert.Contains(word, fault.Message, StringComparison.Ordinal));
    }

    /// <summary>Spoils the only container of a definition.</summary>
    public static ImmutableArray<Fault> FaultsOf(ContainerSpec container) => TaskDefinitionValidator.Validate(Definition(container));

    public static ImmutableArray<Fault> FaultsOf(params JobTaskSpec[] tasks) => JobValidator.Validate(Job(tasks));
}
