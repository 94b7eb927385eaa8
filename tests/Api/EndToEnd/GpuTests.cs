using System.Collections.Immutable;
using OrleansCluster.Client;
using OrleansCluster.Tests.Api.Http;
using static OrleansCluster.Tests.Api.EndToEnd.Specs;

namespace OrleansCluster.Tests.Api.EndToEnd;

/// <summary>GPUs and named amounts from the API to the claims, and over a restart.</summary>
public sealed class GpuTests : IDisposable
{
    private static readonly string[] _options = ["--gpu", "0=A100", "--gpu", "1=T4", "--gpu=10=T4", "--amount", "licence=2"];
    private readonly string _data = Directory.CreateTempSubdirectory("ocs-gpu-").FullName;

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Fact]
    public async Task Submit_GpusAndAmounts_AreClaimedAndExplainedAlsoAfterARestart()
    {
        string job;
        await using (var silo = await SimulatedSilo.Start(_data, _options))
        {
            await Poll.Until("the node has joined", async () => await silo.Client.Nodes.ListAsync().CountAsync() == 1);
            job = (await silo.Client.Jobs.SubmitAsync(Job(
                "gpus",
                Of("whole", new GpuSpec { Count = 2, Models = ["T4"] }, "licence", 1),
                Of("share", new GpuSpec { Thousandths = 300 }, "licence", 1),
                Of("more", gpu: null, "licence", 1),
                Of("other", new GpuSpec { Count = 2, Models = ["A100"] }, "licence", 1)))).Id;
            await silo.Client.WaitFor(job, "has what can run", j => j.Tasks.Sum(task => task.Running) == 2 && j.Tasks.Sum(task => task.Queued) == 2);
            await ExpectClaimed(silo, job);
            Assert.Equal(
                "0/1 nodes: 1 insufficient gpu model A100 (2 wanted, at most 1 on a node); waiting will not help: it fits on no node, even an empty one",
                (await silo.Client.Tasks.ExplainAsync(TaskId.Of(job, "other", 0))).Summary);
        }

        // Simulated containers are gone with their process, so these start anew.
        var restarted = DateTimeOffset.UtcNow;
        await using var again = await SimulatedSilo.Start(_data, _options);
        await Poll.Until("two of its tasks run again", async () => (await again.Client.TasksOf(job)).Count(task => task.State == TaskState.Running && task.StartedAt >= restarted) == 2);
        await ExpectClaimed(again, job);
    }

    [Fact]
    public async Task Submit_BadGpuAndAmount_IsRefusedWithAllFaults()
    {
        await using var silo = await SimulatedSilo.Start(_data, _options);

        var refusal = await Assert.ThrowsAsync<ClusterApiException>(() =>
            silo.Client.Jobs.SubmitAsync(Job("bad", Of("a", new GpuSpec { Count = 0, Models = ["?"] }, "Licence", 0))));

        Assert.Equal(
            ["/gpu/count", "/gpu/models/0", "/amounts/Licence", "/amounts/Licence"],
            refusal.Faults.Select(fault => fault.Path.Replace("/tasks/0/containers/0", "", StringComparison.Ordinal)));
    }

    /// <summary>Whichever of the tasks that want the last licence has it.</summary>
    private static async Task ExpectClaimed(SimulatedSilo silo, string job)
    {
        var node = await silo.Client.Nodes.ListAsync().SingleAsync();
        Assert.Equal([new GpuDevice("0", "A100"), new GpuDevice("1", "T4"), new GpuDevice("10", "T4")], node.ExtraCapacity!.Gpus);
        Assert.Equal(2, node.ExtraClaimed!.Amounts["licence"]);
        var whole = await silo.Client.Tasks.GetAsync(TaskId.Of(job, "whole", 0));
        Assert.Equal((2, 1), (whole.Extras!.Gpu!.Count, whole.Extras.Amounts["licence"]));
        var waiting = (await silo.Client.TasksOf(job)).First(task => task.Node is null && task.Name != "other").Id;
        Assert.Equal(
            "0/1 nodes: 1 insufficient amount licence (1 wanted, at most 0 free on a node); waiting can help", (await silo.Client.Tasks.ExplainAsync(waiting)).Summary);
    }

    private static JobTaskSpec Of(string name, GpuSpec? gpu, string amount, int wanted)
    {
        var container = Container(["sleep", "1000"]) with { Gpu = gpu, Amounts = ImmutableSortedDictionary<string, int>.Empty.Add(amount, wanted) };
        return new JobTaskSpec { Name = name, Containers = [container] };
    }
}
