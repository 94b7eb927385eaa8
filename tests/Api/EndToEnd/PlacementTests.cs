using OrleansCluster.Client;
using OrleansCluster.Tests.Api.Http;
using static OrleansCluster.Tests.Api.EndToEnd.Specs;

namespace OrleansCluster.Tests.Api.EndToEnd;

/// <summary>Constraints and strategies from the API to the claims, and over a restart.</summary>
public sealed class PlacementTests : IDisposable
{
    private static readonly PlacementConstraint _distinct = new() { Type = PlacementConstraintType.DistinctInstance };
    private readonly string _data = Directory.CreateTempSubdirectory("ocs-placement-").FullName;

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Fact]
    public async Task Submit_DistinctInstance_OneTaskANodeAlsoAfterARestart()
    {
        var spec = Job("apart", Task("main", 4, command: ["sleep", "1000"]) with { PlacementConstraints = [_distinct] });
        string job;
        await using (var silo = await Start())
        {
            job = (await silo.Client.Jobs.SubmitAsync(spec)).Id;
            await silo.Client.WaitFor(job, "runs on all nodes", j => j.Tasks[0] is { Running: 3, Queued: 1 });
            await ExpectApart(silo, job);
        }

        // Simulated containers are gone with their process, so these start anew.
        var restarted = DateTimeOffset.UtcNow;
        await using var again = await Start();
        await Poll.Until("three of its tasks run again", async () => (await again.Client.TasksOf(job)).Count(task => task.State == TaskState.Running && task.StartedAt >= restarted) == 3);
        await ExpectApart(again, job);
    }

    [Fact]
    public async Task Submit_MemberOf_RunsWhereItMatchesAndExplainsWhereNoneDoes()
    {
        await using var silo = await Start();
        var job = await silo.Client.Jobs.SubmitAsync(Job("zones", Task("there", 2) with { PlacementConstraints = [MemberOf("attribute:zone == a")] }, Task("nowhere") with { PlacementConstraints = [MemberOf("attribute:zone == b")] }));

        await silo.Client.WaitFor(job.Id, "has what can run", j => j.Tasks[0].Succeeded == 2 && j.Tasks[1].Queued == 1);
        var explanation = await silo.Client.Tasks.ExplainAsync(TaskId.Of(job.Id, "nowhere", 0));

        Assert.Equal("0/3 nodes: 3 not matching `attribute:zone == b`; waiting will not help: no node matches its constraints", explanation.Summary);
        Assert.False(explanation.Placement!.WaitingCanHelp);
        Assert.Equal("attribute:zone == b", (await silo.Client.Jobs.GetAsync(job.Id)).Tasks[1].PlacementConstraints.Single().Expression);
    }

    [Fact]
    public async Task Submit_SpreadOverNodes_IsEven()
    {
        await using var silo = await Start();
        var spread = new PlacementStep { Type = PlacementStepType.Spread, Field = "instanceId" };
        var job = await silo.Client.Jobs.SubmitAsync(Job("even", Task("main", 6, command: ["sleep", "1000"]) with { PlacementStrategy = [spread], Group = "even" }));

        await silo.Client.WaitFor(job.Id, "runs", j => j.Tasks[0].Running == 6);
        var nodes = await silo.Client.Nodes.ListAsync().ToListAsync();

        Assert.All(nodes, node => Assert.Equal([new TaskGroupCount("even", 2)], node.TaskGroups));
        Assert.All(nodes, node => Assert.Equal(("a", "0.1.0"), (node.Attributes["zone"], node.AgentVersion)));
        Assert.All(nodes, node => Assert.NotEqual(default, node.RegisteredAt));
    }

    [Fact]
    public async Task Submit_BadExpression_IsRefusedWithItsColumn()
    {
        await using var silo = await Start();

        var refusal = await Assert.ThrowsAsync<ClusterApiException>(() =>
            silo.Client.Jobs.SubmitAsync(Job("bad", Task("main") with { PlacementConstraints = [_distinct, MemberOf("attribute:zone is a")] })));

        var fault = Assert.Single(refusal.Faults);
        Assert.Equal("/tasks/0/placementConstraints/1/expression", fault.Path);
        Assert.StartsWith("column 16: 'is' found; expected one of ", fault.Message, StringComparison.Ordinal);
    }

    private async Task<SimulatedSilo> Start()
    {
        var silo = await SimulatedSilo.Start(_data, "--nodes", "3", "--attribute", "zone=a", "--attribute", "disk=ssd");
        await Poll.Until("three nodes have joined", async () => await silo.Client.Nodes.ListAsync().CountAsync() == 3);
        return silo;
    }

    private static async Task ExpectApart(SimulatedSilo silo, string job)
    {
        var explanation = await silo.Client.Tasks.ExplainAsync((await silo.Client.TasksOf(job)).Single(task => task.Node is null).Id);
        Assert.Equal("0/3 nodes: 3 running a task of group family:apart-main already; waiting can help", explanation.Summary);
        Assert.Equal(3, (await silo.Client.TasksOf(job)).Select(task => task.Node).OfType<string>().Distinct().Count());
    }

    private static PlacementConstraint MemberOf(string expression) => new() { Type = PlacementConstraintType.MemberOf, Expression = expression };
}
