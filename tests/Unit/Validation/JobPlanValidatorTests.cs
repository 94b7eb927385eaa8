using OrleansCluster.Grains.Tasks.Validation;

namespace OrleansCluster.Tests.Unit.Validation;

public sealed class JobPlanValidatorTests
{
    private static readonly JobPlan _good = new()
    {
        JobId = "job-1",
        Spec = Specs.Job(Specs.Task("first") with { Count = 4 }, Specs.Task("second", "first")),
        Placements = [Place("first", 0, 2), Place("first", 1) with { Node = "n2" }],
    };

    [Fact]
    public void Validate_Good_HasNoFault() => Assert.Empty(JobPlanValidator.Validate(_good));

    [Fact]
    public void Validate_NoPlacements_HasNoFault() => Assert.Empty(JobPlanValidator.Validate(_good with { Placements = default }));

    [Fact]
    public void Validate_Nothing_IsAFaultOfTheWhole() => Specs.AssertOnly(JobPlanValidator.Validate(null), "", "expected a plan");

    [Fact]
    public void Validate_BadIdAndBadJob_TellsBothBelowThePlan()
    {
        var faults = JobPlanValidator.Validate(_good with { JobId = "No Id", Spec = _good.Spec with { Name = "" } });

        Assert.Equal(["/jobId", "/spec/name"], faults.Select(fault => fault.Path));
    }

    [Fact]
    public void Validate_BadPlacements_TellsAllFaults()
    {
        var faults = JobPlanValidator.Validate(_good with
        {
            Placements =
            [
                Place("nobody", 0),
                Place("second", 0),
                Place("first") with { Node = "", NodeVersion = "new" },
                Place("first", 3, 4, -1),
                Place("first", 3),
                null!,
            ],
        });

        Assert.Equal(
            [
                "/placements/5", "/placements/0/task", "/placements/1/task", "/placements/2/node", "/placements/2/nodeVersion", "/placements/2/indexes",
                "/placements/3/indexes/1", "/placements/3/indexes/2", "/placements/4/indexes/0",
            ],
            faults.Select(fault => fault.Path));
        Assert.Contains("starts after other tasks", faults[2].Message, StringComparison.Ordinal);
        Assert.Contains("0 to 3", faults[6].Message, StringComparison.Ordinal);
        Assert.Equal("first.3 is placed twice", faults[8].Message);
    }

    [Fact]
    public void Validate_PartOfAGang_IsAFault()
    {
        var spec = _good.Spec with { Tasks = [.. _good.Spec.Tasks.Select(task => task with { Gang = task.Name == "first" })] };

        Specs.AssertOnly(JobPlanValidator.Validate(_good with { Spec = spec, Placements = [Place("first", 0, 1)] }), "/placements", "2 of the 4 instances of gang 'first'");
        Assert.Empty(JobPlanValidator.Validate(_good with { Spec = spec, Placements = [Place("first", 0, 1), Place("first", 3, 2)] }));
        Assert.Empty(JobPlanValidator.Validate(_good with { Spec = spec, Placements = [] }));
    }

    private static JobPlacement Place(string task, params int[] indexes) => new() { Task = task, Indexes = [.. indexes], Node = "n1", NodeVersion = "7" };
}
