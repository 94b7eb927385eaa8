using System.Diagnostics;
using OrleansCluster.Tests.Docker;

namespace OrleansCluster.Tests.Cluster;

/// <summary>
/// What happens to work while parts of a cluster fail. Each scenario counts tasks acknowledged, finished, started or ended more than once, and
/// claims left over, and wants all, all, none, none.
/// </summary>
[Collection(nameof(ScenarioTests))]
public sealed class ScenarioTests(Daemon daemon, ITestOutputHelper output) : IAsyncDisposable
{
    private ThreeSilos _silos = null!;

    public async ValueTask DisposeAsync()
    {
        if (_silos is not null)
            await _silos.DisposeAsync();
    }

    [Fact]
    public async Task KillEachSiloInTurn_UnderLoad_NothingIsLostOrRunTwice()
    {
        await Start(ThreeSilos.LongLease);
        var load = new Load(_silos, seconds: 3, cpu: 800);
        var submitting = load.Submit(25);
        for (var number = 0; number < ThreeSilos.Count; number++)
        {
            await Task.Delay(TimeSpan.FromSeconds(2));
            await _silos.Kill(number);
            await Task.Delay(TimeSpan.FromSeconds(1));
            await _silos.Start(number);
        }

        await submitting;
        await AssertAllRanOnce(load);
    }

    [Fact]
    public async Task RollingRestart_UnderLoad_NothingIsLostOrRunTwice()
    {
        await Start(ThreeSilos.LongLease);
        var load = new Load(_silos, seconds: 3, cpu: 800);
        var submitting = load.Submit(25);
        for (var number = 0; number < ThreeSilos.Count; number++)
        {
            await Task.Delay(TimeSpan.FromSeconds(2));
            await _silos.Terminate(number);
            await _silos.Start(number);
        }

        await submitting;
        await AssertAllRanOnce(load);
    }

    [Fact]
    public async Task PostgresAwayForTwentySeconds_UnderLoad_NoTaskIsStoppedForIt()
    {
        await Start(ThreeSilos.ShortLease);
        // Longer than the outage, and the outage longer than a lease.
        var load = new Load(_silos, seconds: 25, cpu: 400);
        await load.Submit(5);
        await Task.Delay(TimeSpan.FromSeconds(2));
        _silos.Postgres.Stop();
        await Task.Delay(TimeSpan.FromSeconds(20));
        _silos.Postgres.Start();
        await load.Submit(5);

        await AssertAllRanOnce(load);
    }

    [Fact]
    public async Task KillPostgres_UnderLoad_NothingIsLostOrRunTwice()
    {
        await Start(ThreeSilos.ShortLease);
        var load = new Load(_silos, seconds: 3, cpu: 800);
        var submitting = load.Submit(20);
        for (var kills = 0; kills < 3; kills++)
        {
            await Task.Delay(TimeSpan.FromSeconds(2));
            _silos.Postgres.Kill();
            await Task.Delay(TimeSpan.FromSeconds(1));
            _silos.Postgres.Start();
        }

        await submitting;
        await AssertAllRanOnce(load);
    }

    [Fact]
    public async Task HostDies_UnderLoad_ItsTasksRunElsewhereAndNoneEndsTwice()
    {
        await Start(ThreeSilos.ShortLease);
        // So long that none ends by itself while its host dies.
        var load = new Load(_silos, seconds: 25, cpu: 400);
        await load.Submit(5);
        var (victim, running) = await RunningElsewhereThanOn(0);
        var died = Stopwatch.StartNew();
        await _silos.KillHost(victim);
        var (first, last) = await WaitUntilElsewhere(running.Length, died);
        output.WriteLine($"{running.Length} tasks ran on the host; elsewhere runs the first of them after {first:0.0} s, the last after {last:0.0} s");

        var outcome = await load.Finish();
        output.WriteLine($"{outcome}");
        Assert.Equal((load.Acknowledged, Array.Empty<string>()), (outcome.Finished, outcome.Repeated));
        await _silos.AssertNothingIsLeft();
    }

    [Fact]
    public async Task HostDies_WhileTasksCountTo1000_NoMoreThanAnIntervalIsDoneAgainAndNothingCountsTwice()
    {
        const int tasks = 3;
        await Start(ThreeSilos.ShortLease);

        // So many that they do not fit on one node.
        var job = (await _silos.Client(0).Jobs.SubmitAsync(Counting.Job(_silos.Out, tasks, cpu: 1800))).Id;
        await Poll.Until("each task to have a checkpoint", async () =>
            await _silos.Client(0).Tasks.ListAsync(job, state: null).CountAsync(task => task.Checkpoints is { Newest: > 0 }) == tasks ? "so" : null);
        var (victim, running) = await RunningElsewhereThanOn(0);
        await _silos.KillHost(victim);

        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(3), TimeProvider.System);
        var ended = await _silos.Client(0).Jobs.WatchAsync(job, patience.Token).FirstAsync(view => view.HasEnded, patience.Token);
        Assert.Equal(JobStatus.Succeeded, ended.Status);
        var again = 0;
        for (var index = 0; index < tasks; index++)
            again += await Counting.AssertCounted(_silos.Out, index) - 1;
        Assert.Equal(running.Length, again);
        await _silos.AssertNothingIsLeft();
    }

    [Fact]
    public async Task KillSiloForGood_WhileItsHostLivesOn_ItsContainersStopBeforeTheirTasksRunElsewhere()
    {
        await Start(ThreeSilos.ShortLease);
        // So long that a container which nobody stops would end, too.
        var load = new Load(_silos, seconds: 25, cpu: 400);
        await load.Submit(5);
        var (victim, running) = await RunningElsewhereThanOn(0);
        var died = Stopwatch.StartNew();
        await _silos.Kill(victim);
        var (first, last) = await WaitUntilElsewhere(running.Length, died);
        output.WriteLine($"{running.Length} tasks ran on the host; elsewhere runs the first of them after {first:0.0} s, the last after {last:0.0} s");
        Assert.Equal(0, await _silos.CountRunning(victim));

        var outcome = await load.Finish();
        output.WriteLine($"{outcome}");
        Assert.Equal((load.Acknowledged, Array.Empty<string>()), (outcome.Finished, outcome.Repeated));
        await _silos.Start(victim);
        await _silos.AssertNothingIsLeft();
    }

    [Fact]
    public async Task KillSiloForGood_WhileItsHostLivesOn_WhatIsKeptRunsOnBesideTheNextAttemptAndIsRemovedAtTheEnd()
    {
        await Start(ThreeSilos.ShortLease);
        // So long that no container ends by itself before its silo is back, and so many that one node does not hold them, but two do.
        var load = new Load(_silos, seconds: 90, cpu: 800, DisconnectPolicy.Keep);
        await load.Submit(3);
        await Poll.Until("all tasks to run", async () =>
        {
            var tasks = await _silos.Client(0).Tasks.ListAsync(jobId: null, state: null).ToArrayAsync();
            return tasks.Length == load.Acknowledged && tasks.All(task => task.State == TaskState.Running) ? "so" : null;
        });
        var (victim, running) = await RunningElsewhereThanOn(0);
        var died = Stopwatch.StartNew();
        await _silos.Kill(victim);
        await WaitUntilElsewhere(running.Length, died);
        Assert.Equal(running.Length, await _silos.CountRunning(victim));

        await _silos.Start(victim);
        await Poll.Until("what was kept to be removed", async () =>
            (await _silos.Containers(victim)).All(labels => labels.Attempt > 1 || running.All(task => task.Id != labels.TaskId)) ? "so" : null);
        var outcome = await load.Finish();
        output.WriteLine($"{outcome}");
        Assert.Equal((load.Acknowledged, Array.Empty<string>()), (outcome.Finished, outcome.Repeated));
        Assert.Equal(running.Length, outcome.Restarted.Length);
        await _silos.AssertNothingIsLeft();
    }

    private async Task Start(int lease)
    {
        daemon.Require();
        _silos = await ThreeSilos.StartAll(lease);
    }

    // The load fits on two nodes and a scheduler fills one after the other, so a node named beforehand may stay empty.
    private async Task<(int Victim, TaskView[] Running)> RunningElsewhereThanOn(int spared)
    {
        (int, TaskView[])? found = null;
        await Poll.Until($"tasks to run elsewhere than on {ThreeSilos.NodeOf(spared)}", async () =>
        {
            var running = await _silos.Client(spared).Tasks.ListAsync(jobId: null, TaskState.Running).ToArrayAsync();
            for (var number = 0; number < ThreeSilos.Count && found is null; number++)
            {
                TaskView[] here = [.. running.Where(t => t.Node == ThreeSilos.NodeOf(number))];
                if (number != spared && here.Length > 0)
                    found = (number, here);
            }

            return found is null ? null : "so";
        });
        return found!.Value;
    }

    private async Task<(double First, double Last)> WaitUntilElsewhere(int count, Stopwatch died)
    {
        double? first = null;
        await Poll.Until("the dead host's tasks to run elsewhere", async () =>
        {
            var again = await _silos.Client(0).Tasks.ListAsync(jobId: null, state: null).CountAsync(t => t is { Attempt: 2, State: >= TaskState.Running });
            if (again > 0)
                first ??= died.Elapsed.TotalSeconds;
            return again >= count ? "so" : null;
        });
        return (first!.Value, died.Elapsed.TotalSeconds);
    }

    private async Task AssertAllRanOnce(Load load)
    {
        var outcome = await load.Finish();
        output.WriteLine($"{outcome}");
        Assert.Equal(outcome.Acknowledged, outcome.Finished);
        Assert.True(outcome.Restarted.Length == 0 && outcome.Repeated.Length == 0, $"ran twice: {string.Join(", ", outcome.Restarted)}\n{_silos.Logs}");
        await _silos.AssertNothingIsLeft();
    }
}
