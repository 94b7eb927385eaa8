using OrleansCluster.Benchmarks.Workflows;
using OrleansCluster.Benchmarks.Workflows.Jobs;
using OrleansCluster.Files;

namespace OrleansCluster.Tests.Unit.Workflows;

public sealed class WorkflowPlanTests
{
    [Fact]
    public async Task Of_Diamond_IsAJobOfSleepsOnNodesOfTheRecordedCores()
    {
        var plan = WorkflowPlan.Of("diamond", await Wf.ReadDiamond(), Wf.Settings)!;

        Assert.Equal([2, 4], plan.Nodes);
        Assert.Equal("diamond-1", plan.Job.Name);
        Assert.Equal(["split-01", "work-01", "work-02", "merge-01"], plan.Job.Tasks.Select(task => task.Name));
        Assert.Equal([[], ["split-01"], ["split-01"], ["work-01", "work-02"]], plan.Job.Tasks.Select(task => task.DependsOn.ToArray()));
        Assert.Equal([["sleep", "0.15"], ["sleep", "1"], ["sleep", "2.025"], ["sleep", "0.3"]], plan.Job.Tasks.Select(task => task.Containers[0].Command.ToArray()));
        Assert.Equal([2000, 1000, 1000, 1000], plan.Job.Tasks.Select(task => task.Containers[0].Resources.Cpu));
    }

    [Fact]
    public async Task Shape_OfDiamond_HasLevelsCriticalPathAndLowerBounds()
    {
        var shape = WorkflowPlan.Of("diamond", await Wf.ReadDiamond(), Wf.Settings)!.Shape;

        Assert.Equal(new WorkflowShape(3, 24.75, 36.25), shape);
        Assert.Equal(24.75, shape.LowerBoundSeconds(6));
        Assert.Equal(36.25, shape.LowerBoundSeconds(1));
    }

    [Fact]
    public async Task Of_CoresGiven_TakeThePlaceOfTheMachines() =>
        Assert.Equal([3], WorkflowPlan.Of("diamond", await Wf.ReadDiamond(), Wf.Settings with { Cores = 3 })!.Nodes);

    [Fact]
    public async Task Of_TaskLargerThanEveryMachine_IsAFaultThatNamesTheRemedy()
    {
        var file = await Wf.ReadDiamond();

        Assert.Null(WorkflowPlan.Of("diamond", file, Wf.Settings with { Cores = 1 }));
        Assert.Contains("'Split_01' had 2 cores, and no machine has more than 1: say --cores N", file.Faults.ToText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_NoMachines_IsAFaultUnlessTheJobIsOnlyWritten()
    {
        var file = await Wf.Read("""[{"id":"a"}]""", "null");

        Assert.NotNull(WorkflowPlan.Of("a", file, Wf.Settings with { Emit = new FileInfo("a.yaml") }));
        Assert.Null(WorkflowPlan.Of("a", file, Wf.Settings));
        Assert.Contains("say --cores N", file.Faults.ToText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task JobText_OfDiamond_IsReadAsTheSameJob()
    {
        var job = WorkflowPlan.Of("diamond", await Wf.ReadDiamond(), Wf.Settings)!.Job;
        var path = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(path, JobText.Of(job, "a remark\nof two lines"));

            var read = JobFile.Read(path);

            Assert.Equal(
                System.Text.Json.JsonSerializer.Serialize(job, ClusterJson.Options), System.Text.Json.JsonSerializer.Serialize(read, ClusterJson.Options));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void TaskNames_IdsThatDifferByWhatANameCannotHave_AreNumbered() =>
        Assert.Equal(["a-b", "a-b-2", "t-7", "t", "t-2", "a-b-3"], TaskNames.Of(["a_b", "A.B", "7", "", "_", "a b"]));

    [Fact]
    public void TaskNames_LongIdsThatDifferAtTheirEnds_StayWithinTheLimit()
    {
        var names = TaskNames.Of([new string('x', 70) + "1", new string('x', 70) + "2"]);

        Assert.Equal([new string('x', 63), new string('x', 61) + "-2"], names);
    }
}
