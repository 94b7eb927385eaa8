using OrleansCluster.Client;

namespace OrleansCluster.Tests.Docker.EndToEnd;

/// <summary>What a user is told about each way in which a task can end.</summary>
public sealed class StopReasonTests(Daemon daemon) : EndToEndTest(daemon)
{
    [Fact]
    public async Task Submit_TasksThatEndInDifferentWays_EachTellsItsOwn()
    {
        // No host of these tests has a GPU.
        await using var silo = await StartSilo("--gpu", "0=A100");
        var job = await silo.Client.Jobs.SubmitAsync(Job(
            Of("gpu", Shell("main", "true") with { Gpu = new GpuSpec { Count = 1 } }),
            Shell("code", 1, "exit 7"),
            Shell("memory", 1, "tail /dev/zero"),
            Shell("killed", 1, "kill -9 $$"),
            Of("image", Shell("main", "true") with { Image = "no-such-image:1" }),
            Of("binary", Shell("main", "true") with { Command = ["/no/such/binary"] }),
            Shell("mount", 1, "true") with { Volumes = [new VolumeSpec { Name = "out", Host = "/no/such/folder" }] }));

        await WaitForEnd(silo.Client, job.Id);
        var tasks = (await silo.Client.Tasks.ListAsync(job.Id, state: null).ToListAsync()).ToDictionary(t => t.Name);

        Assert.Equal((StopCode.EssentialContainerExited, 7), End("code"));
        Assert.Equal((StopCode.EssentialContainerExited, 137), End("memory"));
        Assert.StartsWith("OutOfMemoryError", tasks["memory"].Containers[0].Reason);
        Assert.Equal((StopCode.EssentialContainerExited, 137), End("killed"));
        Assert.DoesNotContain("OutOfMemory", tasks["killed"].Containers[0].Reason ?? "");
        AssertFailedToStart("image", "CannotPullContainerError", "no-such-image");
        AssertFailedToStart("binary", "CannotStartContainerError", "/no/such/binary");
        AssertFailedToStart("gpu", "CannotStartContainerError", "could not select device driver");
        AssertFailedToStart("mount", "CannotCreateContainerError", "/no/such/folder");

        (StopCode?, int?) End(string name) => (tasks[name].StopCode, tasks[name].Containers[0].ExitCode);

        void AssertFailedToStart(string name, string word, string detail)
        {
            Assert.Equal(StopCode.TaskFailedToStart, tasks[name].StopCode);
            Assert.StartsWith(word, tasks[name].Reason);
            Assert.Contains(detail, tasks[name].Reason);
        }
    }

    [Fact]
    public async Task Submit_ContainersThatDependOnEachOther_RunInThatOrderOnOneNode()
    {
        await using var silo = await StartSilo();
        var job = await silo.Client.Jobs.SubmitAsync(Job(Of(
            "main",
            Shell("prepare", "echo prepare >> /out/order") with { Essential = false },
            Shell("side", "echo side >> /out/order; sleep 600") with { Essential = false, DependsOn = [Needs("prepare", ContainerCondition.Success)] },
            Shell("main", "until grep -q side /out/order; do sleep 0.1; done; echo main >> /out/order") with { DependsOn = [Needs("side", ContainerCondition.Start)] })));

        var ended = await WaitForEnd(silo.Client, job.Id);
        var task = await silo.Client.Tasks.GetAsync(TaskId.Of(job.Id, "main", 0));

        Assert.Equal(JobStatus.Succeeded, ended.Status);
        Assert.Equal(["prepare", "side", "main"], await File.ReadAllLinesAsync(Path.Combine(Out, "order")));
        Assert.Equal(
            [("main", 0), ("prepare", 0), ("side", 143)],
            task.Containers.Select(c => (c.Name, c.ExitCode!.Value)).OrderBy(c => c.Name, StringComparer.Ordinal));
    }

    [Fact]
    public async Task Logs_OfAnEndedTask_AreKeptAndThoseOfARunningOneFollowed()
    {
        await using var silo = await StartSilo();
        var job = await silo.Client.Jobs.SubmitAsync(Job(Shell("main", 1, "echo one; echo two >&2; until [ -e /out/go ]; do sleep 0.1; done; echo three")));
        var id = TaskId.Of(job.Id, "main", 0);
        await WaitFor(silo.Client, job.Id, "has started its task", j => j.Tasks[0].Waiting == 0);

        var followed = new List<string>();
        await foreach (var line in silo.Client.Tasks.FollowLogsAsync(id, new LogQuery()))
        {
            followed.Add($"{line.Stream} {line.Text}");
            if (followed.Count == 2)
                await File.WriteAllTextAsync(Path.Combine(Out, "go"), "");
        }

        await WaitForEnd(silo.Client, job.Id);
        await Poll.Until("the container to be removed", async () => (await Runtime.List(Cluster, "host", CancellationToken.None)).IsEmpty ? "so" : null);
        var kept = await silo.Client.Tasks.GetLogsAsync(id, new LogQuery());

        Assert.Equal(["stderr two", "stdout one", "stdout three"], followed.Order(StringComparer.Ordinal));
        Assert.Equal(followed, kept.Lines.Select(l => $"{l.Stream} {l.Text}"));
        Assert.True(kept.IsEnd);
    }

    private JobTaskSpec Of(string name, params ContainerSpec[] containers) => Shell(name, 1, "") with { Containers = [.. containers] };

    private static ContainerDependency Needs(string container, ContainerCondition condition) => new() { Container = container, Condition = condition };
}
