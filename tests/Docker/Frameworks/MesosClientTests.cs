using OrleansCluster.Tests.Docker.EndToEnd;

namespace OrleansCluster.Tests.Docker.Frameworks;

public sealed class MesosClientTests(Daemon daemon) : EndToEndTest(daemon)
{
    /// <summary>Longer than after which an update is told again that was not acknowledged.</summary>
    private static readonly TimeSpan _again = TimeSpan.FromSeconds(12);

    [Fact]
    public async Task CommandScheduler_WhenItsSiloIsKilledWhileATaskRuns_SeesThreeTasksFinishOnceEach()
    {
        var folder = NpmScheduler.Require();
        await using var relay = new AddressRelay();
        await using var first = await StartSilo("--mesos-image", Daemon.Image);
        relay.GoTo(first.Address);
        await using var scheduler = NpmScheduler.Start(folder, Cluster, relay.Address);

        // It starts its one task again and again: the first ends, and the second runs when the silo is killed.
        await scheduler.WaitFor("has seen one task finish and another run", s => s.Finished.Count == 1 && s.Updates.Count(update => update.State == "TASK_RUNNING") == 2);
        Assert.Single(await Runtime.List(Cluster, "host", CancellationToken.None), container => container.Status == ContainerStatus.Running);
        relay.GoNowhere();
        await first.Kill();
        await using var second = await StartSilo("--mesos-image", Daemon.Image);
        relay.GoTo(second.Address);
        await scheduler.WaitFor("has seen three tasks finish", s => s.Finished.Distinct().Count() == 3);
        await Task.Delay(_again, TimeProvider.System);

        // It has come back as the framework that it was, no task was lost by that, and what it acknowledged was told no more.
        Assert.Equal(2, scheduler.FrameworkIds.Count);
        Assert.Single(scheduler.FrameworkIds.Distinct());
        Assert.All(scheduler.Updates, update => Assert.True(update.State is "TASK_RUNNING" or "TASK_FINISHED", $"{update}"));
        var tasks = scheduler.Finished.Distinct().Take(3).ToList();
        Assert.Equal(tasks, scheduler.Updates.Select(update => update.Task).Distinct().Take(3));
        Assert.All(tasks, task => Assert.Single(scheduler.Updates, update => update == (task, "TASK_FINISHED")));
        Assert.DoesNotContain(scheduler.Errors, error => error.Contains("not accepted"));

        // As its README says, nothing of it is left then.
        Assert.Equal(130, await scheduler.Interrupt());
        Assert.Empty(await second.Client.Frameworks.ListAsync(CancellationToken.None).ToListAsync(CancellationToken.None));
        Assert.Empty(await Runtime.List(Cluster, "host", CancellationToken.None));
    }
}
