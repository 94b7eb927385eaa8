using OrleansCluster.Tests.Api.Http;
using static OrleansCluster.Tests.Api.EndToEnd.Specs;

namespace OrleansCluster.Tests.Api.EndToEnd;

public sealed class ExplainTests : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("ocs-explain-").FullName;

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Fact]
    public async Task Explain_WhileTheSchedulerReadsItsFirstSnapshot_CountsAllNodes()
    {
        var task = await LeaveQueuedTask();
        HeldStore? held = null;
        await using var silo = await SimulatedSilo.Start(_data, services => services.Adjust(store => held = new HeldStore(store)), "--runtime", "none");
        var scheduler = silo.Grain<ISchedulerGrain>(GrainKeys.Scheduler("default", "batch"));
        await held!.IsAskedFor.WaitAsync(TimeSpan.FromSeconds(30));

        // Its first round begins with its activation; some turns later it waits for the cluster state.
        for (var turn = 0; turn < 50; turn++)
            await scheduler.Cancel([]);
        var asked = scheduler.Explain(task);
        await System.Threading.Tasks.Task.WhenAny(asked, System.Threading.Tasks.Task.Delay(TimeSpan.FromMilliseconds(200)));
        held.LetGo();
        var explanation = await asked;

        Assert.Equal((3, false), (explanation!.Nodes, explanation.WaitingCanHelp));
    }

    /// <summary>A database with three nodes and one task that fits on none of them.</summary>
    private async Task<string> LeaveQueuedTask()
    {
        await using var silo = await SimulatedSilo.Start(_data, "--nodes", "3");
        await Poll.Until("three nodes have joined", async () => await silo.Client.Nodes.ListAsync().CountAsync() == 3);
        var job = await silo.Client.Jobs.SubmitAsync(Job("big", Task("main", memory: 1_000_000)));
        await silo.Client.WaitFor(job.Id, "is queued", j => j.Tasks[0].Queued == 1);
        return TaskId.Of(job.Id, "main", 0);
    }
}
