using OrleansCluster.Testing;

namespace OrleansCluster.Tests.Simulation.Api;

public sealed class ServiceTests : IAsyncLifetime
{
    private const string Forever = "sleep 10000000";

    private readonly SimulatedCluster _cluster = SimulatedCluster.Create(5);

    public async ValueTask InitializeAsync()
    {
        await _cluster.AddNode("n1", Specs.Node);
        await _cluster.AddNode("n2", Specs.Node);
        await _cluster.AddNode("n3", Specs.Node);
    }

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task Put_ThreeTasks_OneOnEachNode()
    {
        var service = await Up(Spec(3));

        Assert.Equal(["n1", "n2", "n3"], service.Tasks.Select(task => task.Node).Order());
        Assert.Equal([0, 1, 2], service.Tasks.Select(task => task.Slot));
        Assert.Equal(DeploymentStatus.Completed, service.Deployments[0].Status);
    }

    [Fact]
    public async Task Put_AnotherCommand_TakesTheirPlacesAndKeepsTheSlots()
    {
        await Up(Spec(3));

        await Put(Spec(3, "sleep 20000000"));
        var service = await _cluster.WaitForService("web", "is deployed", IsComplete(2));

        Assert.Equal([0, 1, 2], service.Tasks.Select(task => task.Slot));
        Assert.All(service.Tasks, task => Assert.Equal(2, task.Revision));
    }

    [Theory]
    [InlineData("exit 1")]
    [InlineData("true")]
    [InlineData("missing")]
    public async Task Put_WhatEndsAtOnce_IsTakenBackAndTheOldOneServesThroughout(string script)
    {
        var before = (await Up(Spec(6))).Tasks.Select(task => task.Id).ToList();

        await Put(Spec(6, script));
        var service = await _cluster.WaitForService("web", "is taken back", service => service.Deployments[0] is { Status: DeploymentStatus.Completed, RollbackOf: 2 });

        Assert.Equal(before, service.Tasks.Select(task => task.Id));
        Assert.Equal((DeploymentStatus.Failed, 3), (service.Deployments[1].Status, service.Deployments[1].FailureThreshold));
        Assert.True(service.Deployments[1].Failures >= 3, service.Deployments[1].Reason);
        foreach (var id in before)
            Assert.Equal((1, TaskState.Running), ((await _cluster.GetTask(id))!.Attempt, (await _cluster.GetTask(id))!.State));
    }

    [Fact]
    public async Task Scale_OutAndIn_TakesFromTheFullestNode()
    {
        await Up(Spec(3));

        await _cluster.ScaleService("web", 12);
        var large = await _cluster.WaitForService("web", "has 12", service => service.Healthy == 12);
        await _cluster.ScaleService("web", 3);
        var small = await _cluster.WaitForService("web", "has 3", service => service.Tasks.Length == 3);

        Assert.All(large.Tasks.GroupBy(task => task.Node), node => Assert.Equal(4, node.Count()));
        Assert.Equal(["n1", "n2", "n3"], small.Tasks.Select(task => task.Node).Order());
        Assert.Single(small.Deployments);
    }

    [Fact]
    public async Task Node_IsDrained_OthersAreHealthyBeforeItsTasksStop()
    {
        var before = await Up(Spec(6));
        var moved = before.Tasks.Where(task => task.Node == "n1").ToList();

        await _cluster.Drain("n1", new NodeDrain());
        var fewest = 6;
        await _cluster.WaitForService("web", "has left n1", service =>
        {
            fewest = Math.Min(fewest, service.Healthy);
            return service.Tasks.All(task => task.Node is not null and not "n1");
        });

        Assert.Equal(6, fewest);
        Assert.Equal(2, moved.Count);
        foreach (var task in moved)
            Assert.Equal(StopCode.ServiceSchedulerInitiated, (await _cluster.GetTask(task.Id))!.StopCode);
    }

    [Fact]
    public async Task Node_IsLost_ItsTasksGoOnElsewhere()
    {
        await Up(Spec(6));

        _cluster.TurnOff("n2");
        var service = await _cluster.WaitForService("web", "is healthy again", service => service.Healthy == 6 && service.Tasks.All(task => task.Node != "n2"));

        Assert.Equal(6, service.Tasks.Length);
        Assert.All(service.Tasks, task => Assert.Equal(0, task.Failures));
    }

    [Fact]
    public async Task AllSilos_AreKilled_WhatRunsGoesOn()
    {
        var before = (await Up(Spec(3))).Tasks.Select(task => task.Id);

        foreach (var node in new[] { "n1", "n2", "n3" })
            _cluster.KillSilo(node);
        _cluster.Advance(TimeSpan.FromSeconds(30));
        var service = await _cluster.WaitForService("web", "is healthy", service => service.Healthy == 3);

        Assert.Equal(before, service.Tasks.Select(task => task.Id));
    }

    [Fact]
    public async Task Task_IsStoppedByAUser_AnotherTakesItsSlot()
    {
        var before = (await Up(Spec(3))).Tasks[1];

        await _cluster.StopTask(before.Id, "not this one");
        var service = await _cluster.WaitForService("web", "has another", service => service.Healthy == 3 && service.Tasks.All(task => task.Id != before.Id));

        Assert.Equal([0, 1, 2], service.Tasks.Select(task => task.Slot));
    }

    [Fact]
    public async Task Daemon_NodeJoins_HasATaskToo()
    {
        await Put(Spec(1) with { SchedulingStrategy = SchedulingStrategy.Daemon, PlacementConstraints = [new PlacementConstraint { Type = PlacementConstraintType.MemberOf, Expression = "node != n2" }] });
        await _cluster.WaitForService("web", "is on two nodes", service => service is { Healthy: 2, Desired: 2 });

        await _cluster.AddNode("n4", Specs.Node);
        var service = await _cluster.WaitForService("web", "is on three nodes", service => service is { Healthy: 3, Desired: 3 });

        Assert.Equal(["n1", "n3", "n4"], service.Tasks.Select(task => task.Node).Order());
    }

    [Fact]
    public async Task Put_MoreThanFits_SaysWhyOnce()
    {
        await Put(Spec(2) with { Containers = [Specs.Container(Forever, cpu: 100_000)] });
        _cluster.Advance(TimeSpan.FromMinutes(3));
        var service = (await _cluster.GetService("web"))!;

        Assert.Single(service.Events, one => one.Message.Contains("finds no node", StringComparison.Ordinal));
        Assert.Equal((2, 0), (service.Pending, service.Running));
    }

    [Fact]
    public async Task Delete_ThenAgain_LeavesNothingAndUsesNoNumberTwice()
    {
        var before = (await Up(Spec(2))).Tasks.Select(task => task.Id).ToList();

        await _cluster.DeleteService("web");
        await _cluster.Until(async () => await _cluster.GetService("web") is null, "the service is gone");
        Assert.All(_cluster.Hosts, host => Assert.Empty(host.Runtime.Running()));
        var after = (await Up(Spec(2))).Tasks.Select(task => task.Id);

        Assert.Empty(before.Intersect(after));
    }

    [Fact]
    public async Task Put_Faults_TellsOfAllAtOnce()
    {
        var answer = await _cluster.PutService(new ServiceSpec
        {
            Name = "web",
            DesiredCount = -1,
            Definition = "gone",
            DeploymentConfiguration = new DeploymentConfiguration { MaximumPercent = 99, Strategy = DeploymentStrategy.BlueGreen, CircuitBreaker = new CircuitBreakerSpec { Count = 1, Percent = 1 } },
        });

        Assert.Equal(
            ["/desiredCount", "/deploymentConfiguration/maximumPercent", "/deploymentConfiguration/circuitBreaker/percent", "/deploymentConfiguration/maximumPercent", "/definition"],
            answer.Refusal!.Faults.Select(fault => fault.Path));
        Assert.Null(await _cluster.GetService("web"));
    }

    [Fact]
    public async Task Put_PercentagesThatLetNothingBeReplaced_IsRefused()
    {
        var answer = await _cluster.PutService(Spec(1) with { DeploymentConfiguration = new DeploymentConfiguration { MaximumPercent = 150 } });

        Assert.Contains("let nothing be replaced", Assert.Single(answer.Refusal!.Faults).Message, StringComparison.Ordinal);
    }

    private static ServiceSpec Spec(int count, string script = Forever) => new()
    {
        Name = "web",
        DesiredCount = count,
        Containers = [script == "missing" ? Specs.Container(script, cpu: 100) with { Image = "missing/image" } : Specs.Container(script, cpu: 100)],
    };

    private async Task<ServiceView> Up(ServiceSpec spec)
    {
        await Put(spec);
        return await _cluster.WaitForService("web", "is up", service => service.Healthy == spec.DesiredCount && !service.Deployments.Any(one => one.Status == DeploymentStatus.InProgress));
    }

    private async Task Put(ServiceSpec spec)
    {
        var answer = await _cluster.PutService(spec);
        Assert.True(answer.IsAccepted, $"{answer.Refusal?.Title} {string.Join(' ', answer.Refusal?.Faults ?? [])}");
    }

    private static Func<ServiceView, bool> IsComplete(int number) => service => service.Deployments[0] is { Status: DeploymentStatus.Completed } one && one.Number == number;
}
