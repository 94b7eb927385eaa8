using OrleansCluster.Silo.Agent.Supervision;
using static OrleansCluster.Tests.Unit.Agent.Samples;

namespace OrleansCluster.Tests.Unit.Agent;

public sealed class TaskPlanTests
{
    [Fact]
    public void Next_NothingThereYet_CreatesTheFirstContainer() =>
        Assert.Equal(new PlanStep.Create("a"), TaskPlan.Next(Definition(Container("a"), Container("b")), null, Views(Pending("a"), Pending("b"))));

    [Fact]
    public void Next_OneIsCreated_StartsItBeforeItCreatesAnother() =>
        Assert.Equal(new PlanStep.Start("b"), TaskPlan.Next(Definition(Container("a"), Container("b")), null, Views(Pending("a"), Created("b"))));

    [Fact]
    public void Next_AllRun_Waits() =>
        Assert.IsType<PlanStep.Wait>(TaskPlan.Next(Definition(Container("a")), null, Views(Running("a"))));

    /// <summary>Each condition against each thing that the other container can be: go on, wait, or never.</summary>
    [Theory]
    [InlineData(ContainerCondition.Start, "pending", "other")]
    [InlineData(ContainerCondition.Start, "created", "other")]
    [InlineData(ContainerCondition.Start, "running", "go")]
    [InlineData(ContainerCondition.Start, "ended 0", "go")]
    [InlineData(ContainerCondition.Start, "ended 1", "go")]
    [InlineData(ContainerCondition.Start, "failed", "never")]
    [InlineData(ContainerCondition.Complete, "pending", "other")]
    [InlineData(ContainerCondition.Complete, "created", "other")]
    [InlineData(ContainerCondition.Complete, "running", "wait")]
    [InlineData(ContainerCondition.Complete, "ended 0", "go")]
    [InlineData(ContainerCondition.Complete, "ended 1", "go")]
    [InlineData(ContainerCondition.Complete, "failed", "never")]
    [InlineData(ContainerCondition.Success, "pending", "other")]
    [InlineData(ContainerCondition.Success, "created", "other")]
    [InlineData(ContainerCondition.Success, "running", "wait")]
    [InlineData(ContainerCondition.Success, "ended 0", "go")]
    [InlineData(ContainerCondition.Success, "ended 1", "never")]
    [InlineData(ContainerCondition.Success, "failed", "never")]
    [InlineData(ContainerCondition.Healthy, "pending", "other")]
    [InlineData(ContainerCondition.Healthy, "created", "other")]
    [InlineData(ContainerCondition.Healthy, "running", "wait")]
    [InlineData(ContainerCondition.Healthy, "healthy", "go")]
    [InlineData(ContainerCondition.Healthy, "unhealthy", "wait")]
    [InlineData(ContainerCondition.Healthy, "ended 0", "never")]
    [InlineData(ContainerCondition.Healthy, "ended 1", "never")]
    [InlineData(ContainerCondition.Healthy, "failed", "never")]
    public void Next_DependencyOnAnOptionalContainer_GoesOnlyWhenMet(ContainerCondition condition, string other, string expected)
    {
        var definition = Definition(Container("main").After("init", condition), Container("init").Optional());

        var step = TaskPlan.Next(definition, null, Views(Pending("main"), Other(other)));

        var seen = step switch
        {
            PlanStep.Create { Container: "main" } => "go",
            PlanStep.Create { Container: "init" } or PlanStep.Start { Container: "init" } => "other",
            PlanStep.Wait => "wait",
            PlanStep.End { Cause.Code: StopCode.TaskFailedToStart } => "never",
            _ => step.ToString(),
        };
        Assert.Equal(expected, seen);
    }

    [Fact]
    public void Next_SuccessCanNeverBeMet_SaysWhichAndWhy()
    {
        var definition = Definition(Container("init").Optional(), Container("main").After("init", ContainerCondition.Success));

        var end = Assert.IsType<PlanStep.End>(TaskPlan.Next(definition, null, Views(Ended("init", 3), Pending("main"))));

        Assert.Equal("Container main can never start: it waits for init to end with exit code 0, but it ended with exit code 3", end.Cause.Reason);
    }

    [Fact]
    public void Next_ObstacleFurtherDownTheChain_EndsTheTask()
    {
        var definition = Definition(
            Container("first").Optional(),
            Container("second").Optional().After("first", ContainerCondition.Success),
            Container("main").After("second", ContainerCondition.Complete));

        var end = Assert.IsType<PlanStep.End>(TaskPlan.Next(definition, null, Views(Ended("first", 1), Pending("second"), Pending("main"))));

        Assert.Equal(StopCode.TaskFailedToStart, end.Cause.Code);
        Assert.Contains("second can never start", end.Cause.Reason);
    }

    [Fact]
    public void Next_ObstacleOfAnOptionalContainerOnly_LeavesTheTaskRunning()
    {
        var definition = Definition(Container("main"), Container("init").Optional(), Container("extra").Optional().After("init", ContainerCondition.Success));

        Assert.IsType<PlanStep.Wait>(TaskPlan.Next(definition, null, Views(Running("main"), Ended("init", 1), Pending("extra"))));
    }

    [Fact]
    public void Next_SeveralDependencies_WaitsForAll()
    {
        var definition = Definition(
            Container("a").Optional(), Container("b").Optional(),
            Container("main").After("a", ContainerCondition.Success).After("b", ContainerCondition.Start));

        Assert.IsType<PlanStep.Wait>(TaskPlan.Next(definition, null, Views(Running("a"), Running("b"), Pending("main"))));
        Assert.Equal(new PlanStep.Create("main"), TaskPlan.Next(definition, null, Views(Ended("a", 0), Running("b"), Pending("main"))));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    public void Next_EssentialContainerEnds_EndsTheTask(int exitCode)
    {
        var end = Assert.IsType<PlanStep.End>(TaskPlan.Next(Definition(Container("a"), Container("b")), null, Views(Ended("a", exitCode), Running("b"))));

        Assert.Equal(new TaskEnd(StopCode.EssentialContainerExited, $"Essential container a exited with code {exitCode}", AtOnce: false), end.Cause);
    }

    [Fact]
    public void Next_OptionalContainerEnds_TheTaskGoesOn() =>
        Assert.IsType<PlanStep.Wait>(TaskPlan.Next(Definition(Container("a"), Container("b").Optional()), null, Views(Running("a"), Ended("b", 1))));

    [Fact]
    public void Next_OptionalContainerFailsToStart_TheTaskGoesOn() =>
        Assert.Equal(new PlanStep.Create("a"), TaskPlan.Next(Definition(Container("a"), Container("b").Optional()), null, Views(Pending("a"), Failed("b"))));

    [Fact]
    public void Next_NoEssentialContainerAndAllEnded_EndsTheTask() =>
        Assert.IsType<PlanStep.End>(TaskPlan.Next(Definition(Container("a").Optional(), Container("b").Optional()), null, Views(Ended("a", 0), Ended("b", 0))));

    [Fact]
    public void Next_SeveralEssentialContainersHaveEnded_TheEarliestIsTheCause()
    {
        var end = Assert.IsType<PlanStep.End>(TaskPlan.Next(Definition(Container("a"), Container("b")), null, Views(Ended("a", 143, at: 9), Ended("b", 5, at: 2))));

        Assert.Equal("Essential container b exited with code 5", end.Cause.Reason);
    }

    [Fact]
    public void Next_OutOfMemory_NamesIt()
    {
        var end = Assert.IsType<PlanStep.End>(TaskPlan.Next(Definition(Container("a")), null, Views(Ended("a", 137) with { OutOfMemory = true })));

        Assert.Equal(new TaskEnd(StopCode.EssentialContainerExited, "OutOfMemoryError: Container killed due to memory usage", AtOnce: false), end.Cause);
    }

    [Fact]
    public void Next_EssentialContainerFailsToStart_FailsWithItsReason()
    {
        var end = Assert.IsType<PlanStep.End>(TaskPlan.Next(Definition(Container("a")), null, Views(Failed("a"))));

        Assert.Equal(TaskEnd.FailedToStart("CannotStartContainerError: no such file"), end.Cause);
    }

    [Fact]
    public void Next_EssentialContainerVanished_IsNotTheTasksFault()
    {
        var end = Assert.IsType<PlanStep.End>(TaskPlan.Next(Definition(Container("a")), null, Views(Ended("a", 0) with { Vanished = true, ExitCode = null })));

        Assert.Equal(StopCode.AgentStopped, end.Cause.Code);
    }

    [Fact]
    public void Next_Ending_StopsInReverseOrderOfDependency()
    {
        var definition = Definition(
            Container("db"),
            Container("cache"),
            Container("app").After("db", ContainerCondition.Start).After("cache", ContainerCondition.Start),
            Container("proxy").After("app", ContainerCondition.Start));
        var views = Views(Running("db"), Running("cache"), Running("app"), Running("proxy"));

        Assert.Equal(new PlanStep.Stop(["proxy"]), TaskPlan.Next(definition, TaskEnd.Asked, views));
        views = views.SetItem("proxy", Ended("proxy", 143));
        Assert.Equal(new PlanStep.Stop(["app"]), TaskPlan.Next(definition, TaskEnd.Asked, views));
        views = views.SetItem("app", Ended("app", 143));
        Assert.Equal(new PlanStep.Stop(["cache", "db"]), TaskPlan.Next(definition, TaskEnd.Asked, views));
        views = views.SetItem("cache", Ended("cache", 143)).SetItem("db", Ended("db", 143));
        Assert.IsType<PlanStep.Finish>(TaskPlan.Next(definition, TaskEnd.Asked, views));
    }

    [Fact]
    public void Next_EndingWithAnEndedContainerInTheMiddle_StillStopsTheUpperFirst()
    {
        var definition = Definition(
            Container("low"), Container("middle").Optional().After("low", ContainerCondition.Start), Container("high").After("middle", ContainerCondition.Start));

        Assert.Equal(new PlanStep.Stop(["high"]), TaskPlan.Next(definition, TaskEnd.Asked, Views(Running("low"), Ended("middle", 0), Running("high"))));
    }

    [Fact]
    public void Next_EndingAtOnce_StopsAllTogether()
    {
        var definition = Definition(Container("db"), Container("app").After("db", ContainerCondition.Start));

        Assert.Equal(new PlanStep.Stop(["app", "db"]), TaskPlan.Next(definition, TaskEnd.Fenced, Views(Running("db"), Running("app"))));
    }

    [Fact]
    public void Next_EndingBeforeAnythingStarted_FinishesWithoutAStart() =>
        Assert.IsType<PlanStep.Finish>(TaskPlan.Next(Definition(Container("a"), Container("b")), TaskEnd.Asked, Views(Created("a"), Pending("b"))));

    [Fact]
    public void StateOf_AllItsWay_OnlyGrows()
    {
        var definition = Definition(Container("a"), Container("b"), Container("side").Optional());
        TaskState[] states =
        [
            TaskPlan.StateOf(definition, null, Views(Pending("a"), Pending("b"), Pending("side"))),
            TaskPlan.StateOf(definition, null, Views(Created("a"), Pending("b"), Pending("side"))),
            TaskPlan.StateOf(definition, null, Views(Running("a"), Running("b"), Pending("side"))),
            TaskPlan.StateOf(definition, TaskEnd.Asked, Views(Running("a"), Ended("b", 0), Pending("side"))),
            TaskPlan.StateOf(definition, TaskEnd.Asked, Views(Ended("a", 143), Ended("b", 0), Pending("side"))),
        ];

        Assert.Equal([TaskState.Pending, TaskState.Activating, TaskState.Running, TaskState.Stopping, TaskState.Stopped], states);
    }

    private static ContainerView Other(string what) => what switch
    {
        "pending" => Pending("init"),
        "created" => Created("init"),
        "running" => Running("init"),
        "healthy" => Running("init") with { Health = new ContainerHealth(HealthStatus.Healthy, DateTimeOffset.UnixEpoch, null) },
        "unhealthy" => Running("init") with { Health = new ContainerHealth(HealthStatus.Unhealthy, DateTimeOffset.UnixEpoch, "no") },
        "ended 0" => Ended("init", 0),
        "ended 1" => Ended("init", 1),
        _ => Failed("init"),
    };
}
