using System.Globalization;
using OrleansCluster.Client;

namespace OrleansCluster.Tests.Docker.EndToEnd;

/// <summary>The host dies in the middle of a job: its silo by SIGKILL, and its containers with it.</summary>
public sealed class CheckpointTests(Daemon daemon) : EndToEndTest(daemon)
{
    private const int Tasks = 2;
    private const int Last = 1000;

    /// <summary>
    /// Counts on from what /state has, and keeps a journal outside of what is restored: every number that it has come to, by attempt. A number is written to another file
    /// and renamed, so that no archive has half of it.
    /// </summary>
    private const string Script = """
        mkdir -p /state
        n=$(cat /state/n 2>/dev/null || echo 0)
        echo "$OCS_ATTEMPT $n ${OCS_CHECKPOINT:-none}" >> /out/begun-$OCS_TASK_INDEX
        while [ $n -lt 1000 ]; do
          n=$((n + 1))
          echo "$OCS_ATTEMPT $n" >> /out/journal-$OCS_TASK_INDEX
          echo $n > /state/n.new && mv /state/n.new /state/n
          usleep 20000
        done
        echo $n > /out/sum-$OCS_TASK_INDEX
        """;

    [Fact]
    public async Task KillHost_WhileTasksCountTo1000_NoMoreThanAnIntervalIsDoneAgainAndNothingCountsTwice()
    {
        var shell = Shell("count", Tasks, Script);
        var counting = shell with
        {
            Containers = [shell.Containers[0] with { Resources = new Resources(250, 16, 0) }],
            Checkpoint = new CheckpointSpec { Path = "/state", Interval = 5 },
        };
        string job;
        await using (var first = await StartSilo())
        {
            job = (await first.Client.Jobs.SubmitAsync(Job(counting))).Id;
            for (var index = 0; index < Tasks; index++)
                await CheckpointOf(first.Client, TaskId.Of(job, "count", index), atLeast: 2);
            await first.Kill();
            await RemoveContainers();
        }

        await using var second = await StartSilo();
        var ended = await WaitForEnd(second.Client, job);

        Assert.Equal(JobStatus.Succeeded, ended.Status);
        for (var index = 0; index < Tasks; index++)
            await AssertCounted(index);
    }

    private async Task AssertCounted(int index)
    {
        var begun = await Lines($"begun-{index}");
        Assert.Equal(2, begun.Length);
        Assert.Equal("1 0 none", begun[0]);
        var restored = begun[1].Split(' ').Select(word => int.Parse(word, CultureInfo.InvariantCulture)).ToArray();
        Assert.Equal(2, restored[0]);
        Assert.InRange(restored[2], 2, int.MaxValue);

        var journal = (await Lines($"journal-{index}")).Select(line => line.Split(' ').Select(word => int.Parse(word, CultureInfo.InvariantCulture)).ToArray()).ToLookup(line => line[0], line => line[1]);

        // Both attempts count without a gap; the second begins where its checkpoint was taken, and no further on than the first had come.
        Assert.Equal(Enumerable.Range(1, journal[1].Last()), journal[1]);
        Assert.Equal(Enumerable.Range(restored[1] + 1, Last - restored[1]), journal[2]);
        Assert.InRange(restored[1], 1, journal[1].Last());
        Assert.Equal([$"{Last}"], await Lines($"sum-{index}"));
    }

    private static async Task<TaskCheckpoint> CheckpointOf(OrleansClusterClient client, string task, int atLeast) => await Poll.Until(
        $"checkpoint {atLeast} of {task}",
        async () => (await client.Tasks.GetAsync(task)).Checkpoints?.Kept is [.., var newest] && newest.Number >= atLeast ? newest : null);

    private async Task RemoveContainers()
    {
        foreach (var container in await Runtime.List(Cluster, "host", CancellationToken.None))
            await Runtime.Remove(container.Id, CancellationToken.None);
    }

    private async Task<string[]> Lines(string file)
    {
        var path = Path.Combine(Out, file);
        return File.Exists(path) ? await File.ReadAllLinesAsync(path) : [];
    }
}
