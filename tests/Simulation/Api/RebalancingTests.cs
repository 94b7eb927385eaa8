using OrleansCluster.Testing;

namespace OrleansCluster.Tests.Simulation.Api;

public sealed class RebalancingTests : IAsyncLifetime
{
    private readonly SimulatedCluster _cluster = SimulatedCluster.Create(7);

    public async ValueTask InitializeAsync()
    {
        await _cluster.AddNode("n1", Specs.Node);
        await _cluster.AddNode("n2", Specs.Node);
    }

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task Automatic_NodesJoin_TasksAreMovedThereOneAfterTheOtherAndNoneIsMissing()
    {
        await Up(RebalancingMode.Automatic);

        await _cluster.AddNode("n3", Specs.Node);
        await _cluster.AddNode("n4", Specs.Node);
        var fewest = 8;
        var service = await _cluster.WaitForService("web", "is spread over four", service =>
        {
            fewest = Math.Min(fewest, service.Healthy);
            return IsSpread(service, 4);
        });

        Assert.True(fewest >= 8, $"{fewest} were healthy at a time");
        Assert.Single(service.Deployments);
        Assert.Equal(4, service.Events.Count(one => one.Message.StartsWith("A task is moved, so that they are spread evenly: web.", StringComparison.Ordinal)));
        Assert.Equal(8, service.Tasks.DistinctBy(task => task.Slot).Count());
    }

    [Fact]
    public async Task Suggest_NodeJoins_ShowsTheMovesAndMakesThemWhenAsked()
    {
        await Up(RebalancingMode.Suggest);
        await _cluster.AddNode("n3", Specs.Node);

        var service = await _cluster.WaitForService("web", "suggests moves", service => service.SuggestedMoves.Length == 2);
        Assert.All(service.SuggestedMoves, move => Assert.Equal("n3", move.To));
        _cluster.Advance(TimeSpan.FromMinutes(1));
        Assert.Single((await _cluster.GetService("web"))!.Events, one => one.Message.StartsWith("Its tasks are spread unevenly; 2 moves would help: web.", StringComparison.Ordinal));
        Assert.False(IsSpread((await _cluster.GetService("web"))!, 3));

        Assert.Equal(service.SuggestedMoves, (await _cluster.RebalanceService("web")).Value!.SuggestedMoves);
        service = await _cluster.WaitForService("web", "is spread over three", service => IsSpread(service, 3));
        Assert.Empty(service.SuggestedMoves);
    }

    [Fact]
    public async Task Rebalance_Off_IsDoneOnceByHand()
    {
        await Up(RebalancingMode.Off);
        await _cluster.AddNode("n3", Specs.Node);
        _cluster.Advance(TimeSpan.FromMinutes(1));
        Assert.Empty((await _cluster.GetService("web"))!.SuggestedMoves);

        Assert.Equal(2, (await _cluster.RebalanceService("web", isDry: true)).Value!.SuggestedMoves.Length);
        _cluster.Advance(TimeSpan.FromMinutes(1));
        Assert.False(IsSpread((await _cluster.GetService("web"))!, 3));
        await _cluster.RebalanceService("web");
        await _cluster.WaitForService("web", "is spread over three", service => IsSpread(service, 3));

        await _cluster.AddNode("n4", Specs.Node);
        _cluster.Advance(TimeSpan.FromMinutes(2));
        Assert.DoesNotContain((await _cluster.GetService("web"))!.Tasks, task => task.Node == "n4");
    }

    [Fact]
    public async Task Rebalance_WhereItCannotBe_IsRefusedAndSaysWhy()
    {
        await Put(Spec(RebalancingMode.Off) with { PlacementStrategy = [new PlacementStep { Type = PlacementStepType.Binpack, Field = "cpu" }] });
        await _cluster.WaitForService("web", "is up", service => service.Healthy == 8);
        Assert.Contains("does not spread", (await _cluster.RebalanceService("web")).Refusal!.Title, StringComparison.Ordinal);

        Assert.Contains(
            "Path = /rebalancing/mode, Message = the placement strategy begins with binpack(cpu)",
            string.Join(' ', (await _cluster.PutService(Spec(RebalancingMode.Automatic) with { PlacementStrategy = [new PlacementStep { Type = PlacementStepType.Binpack, Field = "cpu" }] })).Refusal!.Faults),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Automatic_ByZone_MovesToTheEmptyZone()
    {
        await _cluster.AddNode("a1", Specs.Node, new Dictionary<string, string> { ["zone"] = "a" });
        await Put(Spec(RebalancingMode.Automatic) with
        {
            PlacementConstraints = [new PlacementConstraint { Type = PlacementConstraintType.MemberOf, Expression = "attribute:zone exists" }],
            PlacementStrategy = [new PlacementStep { Type = PlacementStepType.Spread, Field = "attribute:zone" }, new PlacementStep { Type = PlacementStepType.Spread, Field = "instanceId" }],
        });
        await _cluster.WaitForService("web", "is up", service => service.Healthy == 8);

        await _cluster.AddNode("b1", Specs.Node, new Dictionary<string, string> { ["zone"] = "b" });
        await _cluster.AddNode("b2", Specs.Node, new Dictionary<string, string> { ["zone"] = "b" });
        var service = await _cluster.WaitForService("web", "is spread over the zones", service => service.Tasks.Length == 8 && service.Tasks.Count(task => task.Node == "a1") == 4);

        Assert.Equal([2, 2], service.Tasks.Where(task => task.Node != "a1").GroupBy(task => task.Node).Select(node => node.Count()));
    }

    private static bool IsSpread(ServiceView service, int nodes) => service.Healthy == 8 && service.Tasks.Length == 8 && service.Tasks.GroupBy(task => task.Node).Select(node => node.Count()).ToList() is var counts
        && counts.Count == nodes && counts.Max() - counts.Min() <= 1;

    private async Task Up(RebalancingMode mode)
    {
        await Put(Spec(mode));
        await _cluster.WaitForService("web", "is up", service => service.Healthy == 8 && service.Deployments[0].Status == DeploymentStatus.Completed);
    }

    private async Task Put(ServiceSpec spec) => Assert.True((await _cluster.PutService(spec)).IsAccepted);

    private static ServiceSpec Spec(RebalancingMode mode) => new()
    {
        Name = "web",
        DesiredCount = 8,
        Containers = [new ContainerSpec { Name = "c", Image = "app", Command = ["sh", "-c", "sleep 10000000"], Resources = new Resources(10, 16, 0), StopTimeout = 1 }],
        Rebalancing = new RebalancingSpec { Mode = mode, MaximumMoves = 1 },
    };
}
