using OrleansCluster.Client;
using OrleansCluster.Tests.Api.Http;
using static OrleansCluster.Tests.Api.EndToEnd.Specs;

namespace OrleansCluster.Tests.Api.EndToEnd;

/// <summary>Plans from the API to the claims: what was shown is what is done, or nothing.</summary>
public sealed class PlanTests : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("ocs-plan-").FullName;

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Fact]
    public async Task SubmitPlan_NothingChanged_PlacesExactlyWhatWasShown()
    {
        await using var silo = await Start();
        var spec = Job("planned", Task("main", 20, command: ["sleep", "1000"]), Task("after") with { DependsOn = ["main"] });

        var plan = await silo.Client.Jobs.PlanAsync(spec);
        var job = await silo.Client.Jobs.SubmitPlanAsync(plan);
        var again = await silo.Client.Jobs.SubmitPlanAsync(plan);
        await silo.Client.WaitFor(job.Id, "runs", j => j.Tasks[0].Running == 20);

        Assert.Equal((plan.JobId, plan.JobId), (job.Id, again.Id));
        Assert.Equal(["after"], plan.Later);
        Assert.Equal(20, plan.Placements.Sum(placement => placement.Indexes.Length));
        var shown = plan.Placements.SelectMany(p => p.Indexes, (p, index) => (Id: TaskId.Of(job.Id, p.Task, index), p.Node));
        var tasks = await silo.Client.TasksOf(job.Id);
        Assert.Equal(shown.OrderBy(x => x.Id, StringComparer.Ordinal), tasks.Select(task => (task.Id, Node: task.Node!)).OrderBy(x => x.Id, StringComparer.Ordinal));
    }

    [Fact]
    public async Task SubmitPlan_NodeHasChangedSince_IsRefusedAndLeavesNothing()
    {
        await using var silo = await Start();
        var plan = await silo.Client.Jobs.PlanAsync(Job("planned", Task("main", 2)));
        var other = await silo.Client.Jobs.SubmitAsync(Job("other", Task("main", 120, command: ["sleep", "1000"])));
        await silo.Client.WaitFor(other.Id, "has taken from all nodes", j => j.Tasks[0].Running == 120);

        var refusal = await Assert.ThrowsAsync<ClusterApiException>(() => silo.Client.Jobs.SubmitPlanAsync(plan));
        var jobs = await silo.Client.Jobs.ListAsync(status: null).Select(job => job.Name).ToListAsync();

        Assert.Equal((409, "The plan no longer holds; nothing was placed. Ask for a new one."), (refusal.Status, refusal.Detail));
        Assert.Equal("/placements/0", refusal.Faults[0].Path);
        Assert.Matches("^node node-[1-3] has changed since; the last to take from it was batch/", refusal.Faults[0].Message);
        Assert.Equal(["other"], jobs);
        Assert.DoesNotContain("planned-main", await silo.Client.TaskDefinitions.ListAsync(family: null).Select(definition => definition.Family).ToListAsync());
    }

    [Fact]
    public async Task Plan_WhatFitsNowhere_IsSaidAndWaitsWhenSubmitted()
    {
        await using var silo = await Start();
        var plan = await silo.Client.Jobs.PlanAsync(Job("planned", Task("big") with { PlacementConstraints = [new() { Type = PlacementConstraintType.MemberOf, Expression = "attribute:zone == mars" }] }, Task("small")));

        var job = await silo.Client.Jobs.SubmitPlanAsync(plan);
        await silo.Client.WaitFor(job.Id, "has run what fits, and has the rest waiting", j => j.Tasks[1].Succeeded == 1 && j.Tasks[0].Queued == 1);

        var unplaced = Assert.Single(plan.Unplaced);
        Assert.Equal(("big", 1), (unplaced.Task, unplaced.Count));
        Assert.StartsWith("0/3 nodes: 3 not matching", unplaced.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Plan_BadJob_TellsAllFaultsAndRegistersNothing()
    {
        await using var silo = await Start();

        var refusal = await Assert.ThrowsAsync<ClusterApiException>(() => silo.Client.Jobs.PlanAsync(Job("planned", Task("a") with { DependsOn = ["nobody"] }, new JobTaskSpec { Name = "b", Definition = "missing" })));

        Assert.Equal(400, refusal.Status);
        Assert.Contains(refusal.Faults, fault => fault.Path == "/tasks/0/dependsOn/0");
        Assert.Empty(await silo.Client.TaskDefinitions.ListAsync(family: null).ToListAsync());
    }

    [Fact]
    public async Task SubmitPlan_AnotherPlanForTheSameJob_IsAConflict()
    {
        await using var silo = await Start();
        var plan = await silo.Client.Jobs.PlanAsync(Job("planned", Task("main", 2)));
        await silo.Client.Jobs.SubmitPlanAsync(plan);

        var refusal = await Assert.ThrowsAsync<ClusterApiException>(() => silo.Client.Jobs.SubmitPlanAsync(plan with { Placements = [] }));

        Assert.Equal((409, $"Job {plan.JobId} exists already, with another specification or plan."), (refusal.Status, refusal.Detail));
    }

    [Fact]
    public async Task SubmitPlan_SeveralSchedulers_PlacesWhatWasShown()
    {
        await using var silo = await Start("--schedulers", "3");
        for (var i = 0; i < 6; i++)
        {
            var plan = await silo.Client.Jobs.PlanAsync(Job($"planned-{i}", Task("main", 2)));
            var job = await silo.Client.Jobs.SubmitPlanAsync(plan);
            await silo.Client.WaitFor(job.Id, "has succeeded", j => j.Status == JobStatus.Succeeded);

            // A task is over before its claim is given back, and that changes its node.
            await Poll.Until("nothing is claimed", async () => (await silo.Client.Nodes.GetAllAsync()).Items.All(node => node.TaskCount == 0));
        }
    }

    private async Task<SimulatedSilo> Start(params string[] options)
    {
        var silo = await SimulatedSilo.Start(_data, ["--nodes", "3", .. options]);
        await Poll.Until("three nodes have joined", async () => (await silo.Client.Nodes.GetAllAsync()).Items.Count(node => node.Status == NodeStatus.Active) == 3);
        return silo;
    }
}
