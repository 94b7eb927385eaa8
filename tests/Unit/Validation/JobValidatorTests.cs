using OrleansCluster.Grains.Tasks.Validation;

namespace OrleansCluster.Tests.Unit.Validation;

public sealed class JobValidatorTests
{
    [Fact]
    public void Validate_SplitCountMerge_HasNoFault() =>
        Assert.Empty(Specs.FaultsOf(Specs.Task("merge", "count"), Specs.Task("count", "split") with { Count = 4 }, Specs.Task("split")));

    [Fact]
    public void Validate_Nothing_IsAFaultOfTheWhole() => Specs.AssertOnly(JobValidator.Validate(null), "", "expected a job");

    [Fact]
    public void Validate_TeamThatCannotBeShown_IsRefused() =>
        Specs.AssertOnly(JobValidator.Validate(Specs.Job(Specs.Task("a")) with { Team = "usage" }), "/team", "cannot be a team's name");

    [Fact]
    public void Validate_BadNameTeamAndPriority_TellsAllThree()
    {
        var faults = JobValidator.Validate(Specs.Job(Specs.Task("a")) with { Name = "Word Count", Team = null!, Priority = 101 });

        Assert.Equal(["/name", "/team", "/priority"], faults.Select(fault => fault.Path));
        Assert.Contains("'Word Count'", faults[0].Message, StringComparison.Ordinal);
        Assert.Contains("0 to 100", faults[2].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_NoTasks_IsRefused()
    {
        Specs.AssertOnly(Specs.FaultsOf(), "/tasks", "at least one task");
        Specs.AssertOnly(JobValidator.Validate(Specs.Job() with { Tasks = default }), "/tasks", "at least one task");
    }

    [Fact]
    public void Validate_NullTaskAndNullDependency_AreRefused()
    {
        var faults = Specs.FaultsOf(null!, Specs.Task("a", [null!]));

        Assert.Equal(["/tasks/0", "/tasks/1/dependsOn/0"], faults.Select(fault => fault.Path));
    }

    [Fact]
    public void Validate_ListsThatAreMissing_CountAsEmpty() =>
        Specs.AssertOnly(Specs.FaultsOf(new JobTaskSpec { Name = "a", DependsOn = default, Containers = default, Volumes = default }), "/tasks/0/containers", "at least one container");

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(10_001)]
    public void Validate_CountOutOfRange_IsRefused(int count) =>
        Specs.AssertOnly(Specs.FaultsOf(Specs.Task("a") with { Count = count }), "/tasks/0/count", "1 to 10000");

    [Fact]
    public void Validate_TooManyInstancesInAll_IsRefused()
    {
        var tasks = Enumerable.Range(0, 11).Select(i => Specs.Task($"t{i}") with { Count = 10_000 }).ToArray();

        Assert.Empty(Specs.FaultsOf(tasks[..10]));
        Specs.AssertOnly(Specs.FaultsOf(tasks), "/tasks", "110000", "at most 100000");
    }

    [Fact]
    public void Validate_TooManyTasks_NamesTheLimit()
    {
        var tasks = Enumerable.Range(0, 10_001).Select(i => Specs.Task($"t{i}")).ToArray();

        Assert.Empty(Specs.FaultsOf(tasks[..10_000]));
        Specs.AssertOnly(Specs.FaultsOf(tasks), "/tasks", "10001", "at most 10000");
    }

    [Fact]
    public void Validate_TooManyDependenciesInAll_NamesTheLimit()
    {
        var sources = Enumerable.Range(0, 1_000).Select(i => $"t{i}").ToArray();
        JobTaskSpec[] tasks = [.. sources.Select(name => Specs.Task(name)), .. Enumerable.Range(0, 100).Select(i => Specs.Task($"sink-{i}", sources))];

        Assert.Empty(Specs.FaultsOf(tasks));
        Specs.AssertOnly(Specs.FaultsOf([.. tasks, Specs.Task("one-more", "t0")]), "/tasks", "100001 dependencies", "at most 100000");
    }

    [Fact]
    public void Validate_TwoTasksOfOneName_FaultsTheSecond() =>
        Specs.AssertOnly(Specs.FaultsOf(Specs.Task("a"), Specs.Task("b"), Specs.Task("a")), "/tasks/2/name", "another task called 'a'", "/tasks/0");

    [Fact]
    public void Validate_UnknownDependency_OffersTheNearest() =>
        Specs.AssertOnly(Specs.FaultsOf(Specs.Task("split"), Specs.Task("count", "splt")), "/tasks/1/dependsOn/0", "'splt' is no task of this job", "did you mean 'split'?");

    [Fact]
    public void Validate_UnknownDependencyLikeNothing_OffersNothing() =>
        Assert.DoesNotContain("did you mean", Specs.FaultsOf(Specs.Task("split"), Specs.Task("count", "zebra"))[0].Message, StringComparison.Ordinal);

    [Fact]
    public void Validate_DependencyOnItself_IsRefused() =>
        Specs.AssertOnly(Specs.FaultsOf(Specs.Task("a", "a")), "/tasks/0/dependsOn/0", "'a' depends on itself");

    [Fact]
    public void Validate_DependencyListedTwice_IsRefused() =>
        Specs.AssertOnly(Specs.FaultsOf(Specs.Task("a"), Specs.Task("b", "a", "a")), "/tasks/1/dependsOn/1", "listed twice");

    [Fact]
    public void Validate_Circle_IsSpelledOutFromItsFirstTask() =>
        Specs.AssertOnly(Specs.FaultsOf(Specs.Task("outside", "a"), Specs.Task("a", "b"), Specs.Task("b", "c"), Specs.Task("c", "a")), "/tasks/1/dependsOn/0", "a → b → c → a");

    [Fact]
    public void Validate_TwoCircles_TellsBoth()
    {
        var faults = Specs.FaultsOf(Specs.Task("a", "b"), Specs.Task("b", "a"), Specs.Task("c", "d", "a"), Specs.Task("d", "c"));

        Assert.Equal(["/tasks/0/dependsOn/0", "/tasks/2/dependsOn/0"], faults.Select(fault => fault.Path));
    }

    [Fact]
    public void Validate_LongCircle_IsCutInTheMiddle()
    {
        var tasks = Enumerable.Range(0, 1_000).Select(i => Specs.Task($"t{i}", $"t{(i + 1) % 1_000}")).ToArray();

        Specs.AssertOnly(Specs.FaultsOf(tasks), "/tasks/0/dependsOn/0", "t0 → t1 → ", "… 988 more … → t0");
    }

    [Fact]
    public void Validate_CircleOfOverlongNames_IsToldInAReadableLength()
    {
        var (a, b) = (new string('a', 70_000), new string('b', 70_000));

        var circle = Specs.FaultsOf(Specs.Task(a, b), Specs.Task(b, a)).Single(fault => fault.Message.Contains("circle", StringComparison.Ordinal));

        Assert.InRange(circle.Message.Length, 1, 200);
        Assert.Contains($"'{new string('b', 30)}'… → ", circle.Message);
    }

    [Theory]
    [InlineData("web")]
    [InlineData("web:1")]
    [InlineData("web:2147483647")]
    public void Validate_Definition_IsFamilyWithOrWithoutRevision(string definition) => Assert.Empty(Specs.FaultsOf(Using(definition)));

    [Theory]
    [InlineData("")]
    [InlineData("Web")]
    [InlineData("web:")]
    [InlineData("web:0")]
    [InlineData("web:-1")]
    [InlineData("web:01")]
    [InlineData("web: 1")]
    [InlineData("web:1:2")]
    [InlineData("web:latest")]
    [InlineData("web:2147483648")]
    public void Validate_BadDefinition_IsRefused(string definition) => Specs.AssertOnly(Specs.FaultsOf(Using(definition)), "/tasks/0/definition", "family:revision");

    [Fact]
    public void Validate_DefinitionTogetherWithContainersOfItsOwn_IsRefused()
    {
        var both = Using("web") with { Containers = [Specs.Container()], Volumes = [new VolumeSpec { Name = "v", Host = "/v" }], Network = NetworkMode.Host };

        Assert.Equal(["/tasks/0/containers", "/tasks/0/volumes", "/tasks/0/network"], Specs.FaultsOf(both).Select(fault => fault.Path));
    }

    [Fact]
    public void Validate_FaultInAContainer_PointsIntoItsTask()
    {
        var bad = Specs.Task("b") with { Containers = [Specs.Container() with { Resources = new Resources(0, 64, 0) }] };

        Specs.AssertOnly(Specs.FaultsOf(Specs.Task("a"), bad), "/tasks/1/containers/0/resources/cpu");
    }

    [Fact]
    public void Validate_FaultsInSeveralTasks_TellsAllOfThem()
    {
        var faults = Specs.FaultsOf(Specs.Task("A"), Specs.Task("b", "x") with { Count = 0 }, Specs.Task("c", "d"), Specs.Task("d", "c"));

        Assert.Equal(["/tasks/0/name", "/tasks/1/count", "/tasks/1/dependsOn/0", "/tasks/2/dependsOn/0"], faults.Select(fault => fault.Path));
    }

    private static JobTaskSpec Using(string definition) => new() { Name = "a", Definition = definition };

    [Fact]
    public void Validate_BadRules_TellsAllOfThem()
    {
        var task = Specs.Task("a") with
        {
            AttemptTimeout = 0,
            StartTimeout = 86_401,
            QueueTimeout = -1,
            Parallelism = 0,
            Retry = new RetrySpec { Attempts = 0, Backoff = -1, MaxBackoff = 86_401, RetryOn = [1, 256], FailOn = [1] },
        };

        var faults = JobValidator.Validate(Specs.Job(task) with { Timeout = 0, DependsOn = [new JobDependency { Job = "Bad" }, new JobDependency { Job = "a" }, new JobDependency { Job = "a" }] });

        Assert.Equal(
            [
                "/dependsOn/0/job", "/dependsOn/2/job", "/tasks/0/attemptTimeout", "/tasks/0/parallelism", "/tasks/0/queueTimeout", "/tasks/0/retry/attempts",
                "/tasks/0/retry/backoff", "/tasks/0/retry/failOn/0", "/tasks/0/retry/maxBackoff", "/tasks/0/retry/retryOn/1", "/tasks/0/startTimeout", "/timeout",
            ],
            faults.Select(fault => fault.Path).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Validate_Gang_ContradictsWhatDoesNotStartTogether()
    {
        Assert.Empty(Specs.FaultsOf(Specs.Task("a") with { Gang = true, Count = 1_000, Parallelism = 1_000 }));
        Specs.AssertOnly(Specs.FaultsOf(Specs.Task("a") with { Gang = true, Count = 1_001 }), "/tasks/0/gang", "1001 instances", "at most 1000");
        Specs.AssertOnly(Specs.FaultsOf(Specs.Task("a") with { Gang = true, Count = 3, Parallelism = 2 }), "/tasks/0/gang", "2 instances at a time", "gang of 3");
        Specs.AssertOnly(Specs.FaultsOf(Specs.Task("a"), Specs.Task("b") with { Gang = true, DependsOnEach = ["a"] }), "/tasks/1/gang", "dependsOnEach");
    }

    [Fact]
    public void Validate_DependsOnEach_AsksForEqualCountsAndKnownTasks()
    {
        Specs.AssertOnly(
            Specs.FaultsOf(Specs.Task("a") with { Count = 3 }, Specs.Task("b") with { Count = 2, DependsOnEach = ["a"] }), "/tasks/1/dependsOnEach/0", "3 instances", "2");
        Specs.AssertOnly(Specs.FaultsOf(Specs.Task("a") with { DependsOnEach = ["z"] }), "/tasks/0/dependsOnEach/0", "'z' is no task");
        Specs.AssertOnly(Specs.FaultsOf(Specs.Task("a"), Specs.Task("b", "a") with { DependsOnEach = ["a"] }), "/tasks/1/dependsOnEach/0", "listed twice");
    }
}
