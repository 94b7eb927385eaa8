using OrleansCluster.Testing;

namespace OrleansCluster.Tests.Simulation.Api;

public sealed class ServiceStopTests : IAsyncLifetime
{
    private readonly SimulatedCluster _cluster = SimulatedCluster.Create(5);

    public async ValueTask InitializeAsync() => await _cluster.AddNode("n1", Specs.Node);

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    /// <summary>A task that waits for its next attempt stops while the service asks for it, and its slot once waited for the next look on the slow timer.</summary>
    [Fact]
    public async Task Rollback_TasksThatWaitToBeTriedAgain_GiveTheirSlotsAwayAtOnce()
    {
        await Put("sleep 100000");
        await _cluster.Until(async () => (await Get()).Deployments[0].Status == DeploymentStatus.Completed, "the first deployment");

        await Put("exit 3");
        await _cluster.Until(async () => (await Get()).Deployments[0] is { Number: 3, Status: DeploymentStatus.Completed }, "the roll-back");

        var back = (await Get()).Deployments[0];
        Assert.InRange(back.EndedAt!.Value - back.CreatedAt, TimeSpan.Zero, TimeSpan.FromSeconds(10));
    }

    private async Task Put(string script)
    {
        var spec = new ServiceSpec
        {
            Name = "web",
            DesiredCount = 3,
            Containers = Specs.Job(script).Tasks[0].Containers,
            DeploymentConfiguration = new DeploymentConfiguration { MinimumHealthyPercent = 66, MaximumPercent = 133, MinimumHealthyTime = 1 },
        };
        Assert.Null((await _cluster.Call(grains => grains.GetGrain<IServiceGrain>(GrainKeys.Service("default", "web")).Put(spec, PutMode.Any))).Refusal);
    }

    private async Task<ServiceView> Get() =>
        await _cluster.Call(grains => grains.GetGrain<IServiceGrain>(GrainKeys.Service("default", "web")).Get()) ?? throw new InvalidOperationException("There is no service web.");
}
