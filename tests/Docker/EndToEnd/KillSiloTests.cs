using OrleansCluster.Client;

namespace OrleansCluster.Tests.Docker.EndToEnd;

public sealed class KillSiloTests(Daemon daemon) : EndToEndTest(daemon)
{
    private const int Tasks = 20;

    /// <summary>Each task writes a line when it starts, waits for its gate, and writes another when it ends.</summary>
    private const string Script = """
        echo "$OCS_TASK_ID $OCS_EPOCH" >> /out/started
        while [ ! -e /out/gate-$((OCS_TASK_INDEX % 2)) ]; do sleep 0.2; done
        echo "$OCS_TASK_ID $OCS_EPOCH" >> /out/ended
        """;

    [Fact]
    public async Task KillSilo_WhileTwentyTasksRun_AllEndAndNoneRanTwice()
    {
        string job;
        await using (var first = await StartSilo())
        {
            job = (await first.Client.Jobs.SubmitAsync(Job(Shell("work", Tasks, Script), Shell("after", 1, "echo after >> /out/after", "work")))).Id;
            await WaitFor(first.Client, job, "runs twenty tasks", j => j.Tasks[0].Running == Tasks);
            await first.Kill();
        }

        // Half of them end while nobody watches, the other half under the next silo.
        await File.WriteAllTextAsync(Path.Combine(Out, "gate-0"), "");
        await Poll.Until("half of the tasks to end without a silo", async () => (await Lines("ended")).Length == Tasks / 2 ? "so" : null);
        await using var second = await StartSilo();
        await File.WriteAllTextAsync(Path.Combine(Out, "gate-1"), "");
        var ended = await WaitForEnd(second.Client, job);

        Assert.Equal(JobStatus.Succeeded, ended.Status);
        await AssertEachRanOnce(second.Client, job);
        Assert.Equal(["after"], await Lines("after"));
    }

    [Fact]
    public async Task KillSilo_WhileTasksAreBeingLaunched_AllEndAndNoneRanTwice()
    {
        await File.WriteAllTextAsync(Path.Combine(Out, "gate-0"), "");
        await File.WriteAllTextAsync(Path.Combine(Out, "gate-1"), "");
        string job;
        await using (var first = await StartSilo())
        {
            job = (await first.Client.Jobs.SubmitAsync(Job(Shell("work", Tasks, Script)))).Id;
            await WaitFor(first.Client, job, "has ended a few tasks", j => j.Tasks[0].Succeeded >= 3);
            await first.Kill();
        }

        for (var kills = 0; kills < 2; kills++)
        {
            await using var next = await StartSilo();
            var done = (await next.Client.Jobs.GetAsync(job)).Tasks[0].Succeeded;
            await WaitFor(next.Client, job, "goes on", j => j.HasEnded || j.Tasks[0].Succeeded > done);
            await next.Kill();
        }

        await using var last = await StartSilo();
        Assert.Equal(JobStatus.Succeeded, (await WaitForEnd(last.Client, job)).Status);
        await AssertEachRanOnce(last.Client, job);
    }

    private async Task AssertEachRanOnce(OrleansClusterClient client, string job)
    {
        var expected = Enumerable.Range(0, Tasks).Select(i => $"{TaskId.Of(job, "work", i)} 1").Order(StringComparer.Ordinal).ToArray();
        Assert.Equal(expected, (await Lines("started")).Order(StringComparer.Ordinal));
        Assert.Equal(expected, (await Lines("ended")).Order(StringComparer.Ordinal));

        var tasks = await client.Tasks.ListAsync(job, state: null).ToListAsync();
        Assert.All(tasks, t => Assert.Equal((TaskState.Stopped, 1, true), (t.State, t.Attempt, t.Succeeded)));
        await Poll.Until("every claim to be given back", async () => (await client.Nodes.GetAsync("host")) is { TaskCount: 0 } node ? node : null);
        await Poll.Until(
            "every container to be removed",
            async () => (await Runtime.List(Cluster, "host", CancellationToken.None)).IsEmpty ? "so" : null);
    }

    private async Task<string[]> Lines(string file)
    {
        var path = Path.Combine(Out, file);
        return File.Exists(path) ? await File.ReadAllLinesAsync(path) : [];
    }
}
