using OrleansCluster.Client;

namespace OrleansCluster.Tests.Docker.EndToEnd;

/// <summary>The host dies in the middle of a job: its silo by SIGKILL, and its containers with it.</summary>
public sealed class CheckpointTests(Daemon daemon) : EndToEndTest(daemon)
{
    private const int Tasks = 2;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task KillHost_WhileTasksCountTo1000_NoMoreThanAnIntervalIsDoneAgainAndNothingCountsTwice(bool isInFolder)
    {
        string[] options = isInFolder ? ["--checkpoints", Path.Combine(Data, "checkpoints")] : [];
        string job;
        await using (var first = await StartSilo(options))
        {
            job = (await first.Client.Jobs.SubmitAsync(Counting.Job(Out, Tasks, cpu: 250))).Id;
            for (var index = 0; index < Tasks; index++)
                await UntilCheckpoint(first.Client, TaskId.Of(job, "count", index), atLeast: 2);
            await first.Kill();
            await RemoveContainers();
        }

        await using var second = await StartSilo(options);
        var ended = await WaitForEnd(second.Client, job);

        Assert.Equal(JobStatus.Succeeded, ended.Status);
        for (var index = 0; index < Tasks; index++)
            Assert.Equal(2, await Counting.AssertCounted(Out, index));
        Assert.Empty((await second.Client.Tasks.GetCheckpointsAsync(TaskId.Of(job, "count", 0))).Kept);
    }

    [Fact]
    public async Task Checkpoint_AskedFor_IsTakenAtOnceOrRefusedWithTheReason()
    {
        await using var silo = await StartSilo();
        var counting = Counting.Job(Out, tasks: 1, cpu: 250);
        var task = counting.Tasks[0];
        var job = (await silo.Client.Jobs.SubmitAsync(counting with
        {
            Tasks =
            [
                task with { Checkpoint = task.Checkpoint! with { Interval = 0, Keep = 2 } },
                task with { Name = "elsewhere", Checkpoint = task.Checkpoint with { Path = "/no/such", Interval = 0 } },
                task with { Name = "none", Checkpoint = null },
            ],
        })).Id;
        await WaitFor(silo.Client, job, "runs three tasks", j => j.Tasks.All(each => each.Running == 1));

        foreach (var number in (int[])[1, 2, 3])
            Assert.Equal(number, (await silo.Client.Tasks.CheckpointAsync(TaskId.Of(job, "count", 0))).Number);
        var refusal = await Assert.ThrowsAsync<ClusterApiException>(() => silo.Client.Tasks.CheckpointAsync(TaskId.Of(job, "elsewhere", 0)));
        var impossible = await Assert.ThrowsAsync<ClusterApiException>(() => silo.Client.Tasks.CheckpointAsync(TaskId.Of(job, "none", 0)));

        Assert.Equal([2, 3], (await silo.Client.Tasks.GetCheckpointsAsync(TaskId.Of(job, "count", 0))).Kept.Select(kept => kept.Number));
        Assert.Contains("there is no directory /no/such", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("names no directory", impossible.Message, StringComparison.Ordinal);
        await silo.Client.Jobs.StopAsync(job, reason: null);
        await WaitForEnd(silo.Client, job);
    }

    private static async Task UntilCheckpoint(OrleansClusterClient client, string task, int atLeast) => await Poll.Until(
        $"checkpoint {atLeast} of {task}",
        async () => await client.Tasks.ListAsync(TaskId.JobOf(task), state: null).AnyAsync(view => view.Id == task && view.Checkpoints?.Newest >= atLeast) ? "so" : null);

    private async Task RemoveContainers()
    {
        foreach (var container in await Runtime.List(Cluster, "host", CancellationToken.None))
            await Runtime.Remove(container.Id, CancellationToken.None);
    }
}
