using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using OrleansCluster.Grains.Tasks.Validation;

namespace OrleansCluster.Tests.Properties.Validation;

/// <summary>Whatever JSON can make of a job is answered with faults.</summary>
public sealed class GarbageProperties
{
    private static readonly Gen<string?> _text = Gen.OneOf(
        Gen.Elements<string?>(null, "", "a", "b", "A", "a.b", "web:1", "web:", "::", "@", "/", "/a", "\0", "a\nb", "é", "\ud800", new string('a', 70_000)),
        from letters in Gen.ArrayOf(Gen.Elements("aZ0-_.:/@ \0\u00e9".ToCharArray())) select new string(letters));

    private static readonly Gen<int> _number = Gen.Elements(int.MinValue, -1, 0, 1, 2, 80, 65_536, 1_000_000, int.MaxValue);

    private static readonly Gen<ContainerSpec?> _container =
        from texts in Gen.ArrayOf(_text, 6)
        from numbers in Gen.ArrayOf(_number, 7)
        from lists in Gen.ArrayOf(List(_text), 2)
        from dice in Gen.Choose(0, 9)
        select dice == 0 ? null : new ContainerSpec
        {
            Name = texts[0]!,
            Image = texts[1]!,
            EntryPoint = lists[0],
            Command = lists[1],
            Environment = dice == 1 ? null! : ImmutableSortedDictionary<string, string>.Empty.Add(texts[2] ?? "", texts[3]!),
            Resources = new Resources(numbers[0], numbers[1], numbers[2]),
            Essential = dice < 7,
            DependsOn = dice == 2 ? default : [null!, new ContainerDependency { Container = texts[4]!, Condition = (ContainerCondition)numbers[3] }],
            Mounts = dice == 3 ? default : [null!, new MountSpec { Volume = texts[5]!, Path = texts[2]! }],
            Ports = dice == 4 ? default : [null!, new PortMapping { Container = numbers[4], Host = numbers[5], Protocol = (PortProtocol)numbers[6] }],
            StopTimeout = numbers[3],
            WorkingDirectory = texts[3],
            User = texts[4],
        };

    private static readonly Gen<JobTaskSpec?> _task =
        from texts in Gen.ArrayOf(_text, 4)
        from count in _number
        from dependsOn in List(_text)
        from containers in List(_container)
        from dice in Gen.Choose(0, 9)
        select dice == 0 ? null : new JobTaskSpec
        {
            Name = texts[0]!,
            Count = count,
            DependsOn = dependsOn,
            Definition = dice < 3 ? texts[1] : null,
            Containers = containers,
            Volumes = dice == 3 ? default : [null!, new VolumeSpec { Name = texts[1]!, Host = texts[2], Named = texts[3] }],
            Network = (NetworkMode)(dice - 3),
        };

    private static readonly Gen<JobSpec> _job =
        from texts in Gen.ArrayOf(_text, 2)
        from priority in _number
        from tasks in List(_task)
        select new JobSpec { Name = texts[0]!, Team = texts[1]!, Priority = priority, Tasks = tasks };

    [Fact]
    public void Validate_AnyJob_AnswersWithPointersAndWords() => Check.ForAll(_job, job =>
    {
        var faults = JobValidator.Validate(job);

        Assert.True(faults.Length <= SpecLimits.Faults + 1);
        Assert.All(faults, fault => Assert.True(fault.Path.Length == 0 || fault.Path[0] == '/', fault.Path));
        Assert.All(faults, fault => Assert.InRange(fault.Message.Length, 1, 1_000));
    });

    [Fact]
    public void Validate_AnyTaskDefinition_AnswersWithPointersAndWords()
    {
        var definitions =
            from family in _text
            from containers in List(_container)
            select new TaskDefinitionSpec { Family = family!, Containers = containers };

        Check.ForAll(definitions, definition => Assert.All(
            TaskDefinitionValidator.Validate(definition), fault => Assert.InRange(fault.Message.Length, 1, 1_000)));
    }

    private static Gen<ImmutableArray<T>> List<T>(Gen<T?> element)
        where T : class =>
        from count in Gen.Choose(-1, 4)
        from elements in Gen.ArrayOf(element, Math.Max(count, 0))
        select count < 0 ? default : ImmutableArray.CreateRange(elements.Select(value => value!));
}
