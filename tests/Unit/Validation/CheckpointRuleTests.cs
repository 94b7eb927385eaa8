using OrleansCluster.Grains.Tasks.Validation;

namespace OrleansCluster.Tests.Unit.Validation;

public sealed class CheckpointRuleTests
{
    [Fact]
    public void Validate_ACheckpointOfTheOnlyEssentialContainer_IsAccepted() => Assert.Empty(Faults(new CheckpointSpec { Path = "/state", Interval = 30, Signal = "SIGUSR1" }));

    [Fact]
    public void Validate_EverythingWrong_NamesAllOfIt()
    {
        var faults = Faults(new CheckpointSpec { Path = "state/..", Container = "man", Interval = 4, Keep = 11, MaxSize = 0, Signal = "USR 1", Grace = 601 });

        Assert.Equal(
            ["path", "path", "container", "interval", "keep", "maxSize", "grace", "signal"],
            faults.Select(fault => fault.Path["/checkpoint/".Length..]));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("//.")]
    public void Validate_TheWholeFileSystem_IsRefused(string path) => Assert.Single(Faults(new CheckpointSpec { Path = path }));

    [Fact]
    public void Validate_SeveralEssentialContainers_AskForAName()
    {
        var spec = Spec(new CheckpointSpec { Path = "/state" });
        spec = spec with { Containers = spec.Containers.Add(spec.Containers[0] with { Name = "other" }) };

        Assert.Equal("/checkpoint/container", Assert.Single(TaskDefinitionValidator.Validate(spec)).Path);
        Assert.Empty(TaskDefinitionValidator.Validate(spec with { Checkpoint = spec.Checkpoint! with { Container = "other" } }));
    }

    [Fact]
    public void Validate_AJobsTaskWithADefinition_BringsNoCheckpointOfItsOwn()
    {
        var job = new JobSpec { Name = "job", Tasks = [new JobTaskSpec { Name = "a", Definition = "app", Checkpoint = new CheckpointSpec { Path = "/state" } }] };

        Assert.Equal("/tasks/0/checkpoint", Assert.Single(JobValidator.Validate(job)).Path);
    }

    private static IEnumerable<Fault> Faults(CheckpointSpec checkpoint) => TaskDefinitionValidator.Validate(Spec(checkpoint));

    private static TaskDefinitionSpec Spec(CheckpointSpec checkpoint) => new()
    {
        Family = "app",
        Containers = [new ContainerSpec { Name = "main", Image = "app", Resources = new Resources(100, 64, 0) }],
        Checkpoint = checkpoint,
    };
}
