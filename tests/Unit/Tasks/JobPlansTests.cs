using System.Collections.Immutable;
using OrleansCluster.Grains.Tasks;
using OrleansCluster.Grains.Tasks.Jobs;

namespace OrleansCluster.Tests.Unit.Tasks;

public sealed class JobPlansTests
{
    private static readonly DateTimeOffset _now = new(2026, 11, 28, 10, 0, 0, TimeSpan.Zero);

    private static readonly JobRecord _job = new()
    {
        Id = "job-1",
        Spec = new JobSpec
        {
            Name = "job",
            Team = "red",
            Tasks = [new JobTaskSpec { Name = "later", DependsOn = ["first"] }, new JobTaskSpec { Name = "first", Count = 4 }, new JobTaskSpec { Name = "beside" }],
        },
        Tasks = [Resolved("later", 1), Resolved("first", 200), Resolved("beside", 300)],
        Status = JobStatus.Running,
        CreatedAt = _now,
    };

    [Fact]
    public void ToRequests_AreThoseThatStartAtOnce()
    {
        var requests = JobPlans.ToRequests(_job, _now);

        Assert.Equal(["job-1.first.0", "job-1.first.1", "job-1.first.2", "job-1.first.3", "job-1.beside.0"], requests.Select(request => request.TaskId));
        Assert.Equal([200, 200, 200, 200, 300], requests.Select(request => request.Resources.Cpu));
        Assert.All(requests, request => Assert.Equal(("red", 1), (request.Team, request.Attempt)));
    }

    [Fact]
    public void ToRequests_OfAGang_NameItAndItsSize()
    {
        var job = _job with { Spec = _job.Spec with { Tasks = [.. _job.Spec.Tasks.Select(task => task with { Gang = task.Name == "first" })] } };

        Assert.Equal(
            [("job-1.first", 4), ("job-1.first", 4), ("job-1.first", 4), ("job-1.first", 4), (null, 0)],
            JobPlans.ToRequests(job, _now).Select(request => (request.Gang, request.GangSize)));
    }

    [Fact]
    public void Of_GroupsByTaskAndNode_AndSaysWhatWaits()
    {
        var plan = JobPlans.Of(_job, [On("n2", 20), On("n1", long.MaxValue), On("n2", 20), On(null, 0), On("n2", 20)]);

        Assert.Equal(
            [("first", "0 2", "n2", "20"), ("first", "1", "n1", "9223372036854775807"), ("beside", "0", "n2", "20")],
            plan.Placements.Select(p => (p.Task, string.Join(' ', p.Indexes), p.Node, p.NodeVersion)));
        Assert.Equal(new JobUnplaced { Task = "first", Count = 1, Reason = "0/2 nodes: full" }, Assert.Single(plan.Unplaced));
        Assert.Equal(["later"], plan.Later);
        Assert.Equal(("job-1", _job.Spec), (plan.JobId, plan.Spec));
    }

    [Fact]
    public void ToTransaction_ClaimsWhatThePlanSaysOnTheVersionsItRestsOn_AllOrNothing()
    {
        var transaction = JobPlans.ToTransaction(Planned(), _now);

        Assert.Equal((ConflictDetection.Coarse, CommitMode.AllOrNothing, "plan/job-1"), (transaction.Detection, transaction.Mode, transaction.Name));
        Assert.Equal(
            [("job-1.first.0", "n1", 7L, 200), ("job-1.first.3", "n1", 7L, 200), ("job-1.beside.0", "n2", 8L, 300)],
            transaction.Claims.Select(claim => (claim.TaskId, claim.Node, claim.NodeETag, claim.Resources.Cpu)));
        Assert.All(transaction.Claims, claim => Assert.Equal(1, claim.Attempt));
    }

    [Fact]
    public void ChangesOf_AllCommitted_AreNone() =>
        Assert.Empty(JobPlans.ChangesOf(Planned(), [Outcome("n1"), Outcome("n1"), Outcome("n2")]));

    [Theory]
    [InlineData(ClaimRejectionReason.NodeChanged, "batch/x7", "node n1 has changed since; the last to take from it was batch/x7")]
    [InlineData(ClaimRejectionReason.NodeChanged, "", "node n1 has changed since")]
    [InlineData(ClaimRejectionReason.NodeUnavailable, "", "node n1 takes no tasks now, or is not there any more")]
    [InlineData(ClaimRejectionReason.LostRace, "", "node n1 is being changed by somebody else")]
    [InlineData(ClaimRejectionReason.DoesNotFit, "", "node n1 is short of cpu by 5")]
    public void ChangesOf_Rejected_NamesThePlacementOnce(ClaimRejectionReason reason, string takenBy, string expected)
    {
        var rejected = Outcome(null) with { Rejection = new ClaimRejection { Reason = reason, Dimension = "cpu", Shortfall = 5, TakenBy = takenBy } };
        var gang = Outcome(null) with { Rejection = new ClaimRejection { Reason = ClaimRejectionReason.GangRefused } };

        Assert.Equal([new Fault("/placements/0", expected)], JobPlans.ChangesOf(Planned(), [rejected, rejected, gang]));
    }

    [Fact]
    public void ChangesOf_CommittedElsewhere_IsAChange() =>
        Assert.Equal([new Fault("/placements/1", "t is on node n9 already")], JobPlans.ChangesOf(Planned(), [Outcome("n1"), Outcome("n1"), Outcome("n9")]));

    [Fact]
    public void PlacedBefore_SomeHaveNodes_OnlyTheOthersAreClaimed()
    {
        var placed = JobPlans.PlacedBefore(Planned(), [View("first", 0, null), View("first", 3, "n1"), View("beside", 0, null)]);
        var rest = JobPlans.ToTransaction(Planned(), _now, placed);

        Assert.Equal([("first", 3, "n1")], placed.Select(task => (task.Key.Task, task.Key.Index, task.Value)));
        Assert.Equal(["job-1.first.0", "job-1.beside.0"], rest.Claims.Select(claim => claim.TaskId));
        Assert.Equal(["n7", "n1", "n8"], JobPlans.Outcomes(Planned(), placed, [Outcome("n7"), Outcome("n8")]).Select(outcome => outcome.Node));
    }

    [Fact]
    public void PlacedBefore_OneIsElsewhereByNow_ItsFirstAttemptCounts()
    {
        var moved = View("beside", 0, "n9") with { Attempt = 2, EarlierAttempts = [new AttemptView { Attempt = 1, Node = "n2", StopCode = StopCode.NodeLost }] };

        Assert.Equal("n2", JobPlans.PlacedBefore(Planned(), [moved])[("beside", 0)]);
        Assert.Equal("n9", JobPlans.PlacedBefore(Planned(), [View("beside", 0, "n9")])[("beside", 0)]);
    }

    [Fact]
    public void PlacedBefore_StoppedOrGoneOnWithItsGang_IsNotClaimedAgain()
    {
        var stopped = View("beside", 0, null) with { State = TaskState.Stopped };
        var next = View("first", 0, null) with { Attempt = 2, EarlierAttempts = [new AttemptView { Attempt = 1, StopCode = StopCode.GangEnded }] };

        Assert.Equal(["n1", "n2"], JobPlans.PlacedBefore(Planned(), [next, stopped]).Values);
    }

    private static TaskView View(string name, int index, string? node) =>
        TaskTransitions.Start(_job.ToStart(name == "first" ? 1 : 2, index), _now).ToView() with { Node = node };

    private static JobRecord Planned() => _job with
    {
        Plan =
        [
            new JobPlacement { Task = "first", Indexes = [0, 3], Node = "n1", NodeVersion = "7" },
            new JobPlacement { Task = "beside", Indexes = [0], Node = "n2", NodeVersion = "8" },
        ],
    };

    private static ClaimOutcome Outcome(string? node) => new() { TaskId = "t", Attempt = 1, Node = node };

    private static ResolvedTask Resolved(string name, int cpu) => new(name, $"job-{name}:1", new Resources(cpu, 64, 0), [], ["main"]);

    private static PlacementProposal On(string? node, long etag) => new()
    {
        TaskId = "t",
        Node = node,
        NodeETag = etag,
        Explanation = node is not null ? null : new PlacementExplanation
        {
            Nodes = 2,
            Feasible = 0,
            Shortfalls = ImmutableArray<NodeShortfall>.Empty,
            WaitingCanHelp = true,
            Summary = "0/2 nodes: full",
        },
    };
}
