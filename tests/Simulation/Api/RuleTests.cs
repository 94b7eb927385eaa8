using OrleansCluster.Testing;

namespace OrleansCluster.Tests.Simulation.Api;

/// <summary>Retries, time limits and shapes of work, on virtual time.</summary>
public sealed class RuleTests : IAsyncLifetime
{
    private readonly SimulatedCluster _cluster = SimulatedCluster.Create(7, new SimulationOptions { Patience = TimeSpan.FromMinutes(20) });

    public async ValueTask InitializeAsync() => await _cluster.AddNode("n1", Specs.Node);

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task Retry_FailsTwiceAndThenSucceeds_WaitsLongerEachTime()
    {
        var job = await _cluster.Submit(Job("exit 7 before 3", task => task with { Retry = new RetrySpec { Attempts = 3, Backoff = 10 } }));

        Assert.Equal(JobStatus.Succeeded, (await _cluster.WaitForJob(job.Id)).Status);
        var task = Assert.Single(await _cluster.ListTasks(job.Id));
        Assert.Equal((3, 2), (task.Attempt, task.Failures));
        Assert.Equal([7, 7], task.EarlierAttempts.Select(attempt => attempt.ExitCode));
        Assert.InRange(task.PlacedAt!.Value - task.EarlierAttempts[1].StoppedAt!.Value, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(21));
    }

    [Fact]
    public async Task Retry_NodeThatFailsTwice_IsAvoided()
    {
        var job = await _cluster.Submit(Job("exit 7", task => task with { Retry = new RetrySpec { Attempts = 4, Backoff = 5 } }));
        await _cluster.Until(async () => (await _cluster.GetTask($"{job.Id}.work.0"))?.Failures == 2, "it has failed twice");
        await _cluster.AddNode("n2", Specs.Node);

        Assert.Equal(JobStatus.Failed, (await _cluster.WaitForJob(job.Id)).Status);
        var task = Assert.Single(await _cluster.ListTasks(job.Id));
        Assert.Equal(["n1", "n1", "n2"], task.EarlierAttempts.Select(attempt => attempt.Node));
        Assert.Equal("n2", task.Node);
    }

    [Fact]
    public async Task Retry_OnlyNodeFailsTwice_IsTakenAllTheSame()
    {
        var job = await _cluster.Submit(Job("exit 7 before 4", task => task with { Retry = new RetrySpec { Attempts = 4 } }));

        Assert.Equal(JobStatus.Succeeded, (await _cluster.WaitForJob(job.Id)).Status);
    }

    [Fact]
    public async Task AttemptTimeout_RunsOut_StopsItAndTriesAgain()
    {
        var job = await _cluster.Submit(Job("sleep 1000", task => task with { AttemptTimeout = 20, Retry = new RetrySpec { Attempts = 2 } }));

        var ended = await _cluster.WaitForJob(job.Id);

        var task = Assert.Single(await _cluster.ListTasks(job.Id));
        Assert.Equal((JobStatus.Failed, StopCode.TimedOut, 2), (ended.Status, task.StopCode!.Value, task.Failures));
        Assert.Equal(StopCode.TimedOut, Assert.Single(task.EarlierAttempts).StopCode);
        Assert.InRange(task.StoppedAt!.Value - task.StartedAt!.Value, TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(25));
    }

    [Fact]
    public async Task QueueTimeout_NoNodeFits_GivesTheTaskUp()
    {
        var job = await _cluster.Submit(Job("true", task => task with { QueueTimeout = 30 }, cpu: 100_000));

        var ended = await _cluster.WaitForJob(job.Id);

        Assert.Equal(JobStatus.Failed, ended.Status);
        Assert.InRange(ended.EndedAt!.Value - ended.CreatedAt, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(40));
        Assert.Equal(StopCode.TimedOut, Assert.Single(await _cluster.ListTasks(job.Id)).StopCode);
    }

    [Fact]
    public async Task JobTimeout_RunsOut_StopsAllAndFails()
    {
        var job = await _cluster.Submit(Job("sleep 1000", count: 3) with { Timeout = 60 });

        var ended = await _cluster.WaitForJob(job.Id);

        Assert.Equal((JobStatus.Failed, "The job took longer than 60 s."), (ended.Status, ended.Reason));
        Assert.All(await _cluster.ListTasks(job.Id), task => Assert.Equal(StopCode.TimedOut, task.StopCode));
    }

    [Fact]
    public async Task StartAt_ComesLater_StartsNothingBefore()
    {
        var moment = _cluster.Clock.GetUtcNow().AddMinutes(5);
        var job = await _cluster.Submit(Job("true") with { StartAt = moment, Timeout = 10 });

        _cluster.Advance(TimeSpan.FromMinutes(4));
        Assert.Empty(await _cluster.ListTasks(job.Id));
        var ended = await _cluster.WaitForJob(job.Id);

        Assert.Equal(JobStatus.Succeeded, ended.Status);
        Assert.InRange(ended.StartedAt!.Value - moment, TimeSpan.Zero, TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task Parallelism_Limits_HowManyRun()
    {
        var job = await _cluster.Submit(Job("sleep 10", task => task with { Parallelism = 2 }, count: 6, cpu: 100));

        var ended = await _cluster.WaitForJob(job.Id);

        Assert.Equal(JobStatus.Succeeded, ended.Status);
        Assert.InRange(ended.EndedAt!.Value - ended.CreatedAt, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(40));
    }

    [Fact]
    public async Task DependsOnEach_OneInstanceFails_OnlyItsOwnFollowerStaysOut()
    {
        JobTaskSpec first = new() { Name = "first", Count = 3, Containers = [Specs.Container("sleep 1", 100)], };
        var job = new JobSpec
        {
            Name = "pairs",
            Tasks =
            [
                first,
                new JobTaskSpec { Name = "second", Count = 3, DependsOnEach = ["first"], Containers = [Specs.Container("sleep 1; exit 1", 100)] },
                new JobTaskSpec { Name = "third", Count = 3, DependsOnEach = ["second"], Containers = [Specs.Container("true", 100)] },
            ],
        };
        var submitted = await _cluster.Submit(job);

        var ended = await _cluster.WaitForJob(submitted.Id);

        Assert.Equal(JobStatus.Failed, ended.Status);
        Assert.Equal([(3, 0, 0), (0, 3, 0), (0, 0, 3)], ended.Tasks.Select(task => (task.Succeeded, task.Failed, task.Waiting)));
    }

    [Fact]
    public async Task DependsOn_OtherJobs_WaitsForTheirEnd()
    {
        var good = await _cluster.Submit(Job("sleep 30") with { Name = "good" });
        var bad = await _cluster.Submit(Job("sleep 40; exit 1") with { Name = "bad" });
        var after = await _cluster.Submit(Job("true") with
        {
            Name = "after",
            DependsOn = [new JobDependency { Job = good.Id }, new JobDependency { Job = bad.Id, Condition = JobCondition.Complete }],
        });
        var never = await _cluster.Submit(Job("true") with { Name = "never", DependsOn = [new JobDependency { Job = bad.Id }] });

        var ended = await _cluster.WaitForJob(after.Id);
        var failed = await _cluster.WaitForJob(never.Id);

        Assert.Equal((JobStatus.Succeeded, JobStatus.Failed), (ended.Status, failed.Status));
        Assert.True(ended.StartedAt >= (await _cluster.GetJob(bad.Id))!.EndedAt, "it started before the others had ended");
        Assert.Equal($"Job {bad.Id}, which it waits for, has not succeeded.", failed.Reason);
        Assert.Empty(await _cluster.ListTasks(never.Id));
    }

    [Fact]
    public async Task DependsOn_UnknownJobAndItself_AreFaults()
    {
        var answer = await _cluster.Submit("job-x", Job("true") with { DependsOn = [new JobDependency { Job = "job-none" }, new JobDependency { Job = "job-x" }] });

        Assert.Equal(["/dependsOn/0/job", "/dependsOn/1/job"], answer.Refusal!.Faults.Select(fault => fault.Path));
    }

    private static JobSpec Job(string script, Func<JobTaskSpec, JobTaskSpec>? change = null, int count = 1, int cpu = 500)
    {
        var job = Specs.Job(script, count, cpu);
        return change is null ? job : job with { Tasks = [change(job.Tasks[0])] };
    }
}
