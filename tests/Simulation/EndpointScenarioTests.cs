using OrleansCluster.Testing;

namespace OrleansCluster.Tests.Simulation;

/// <summary>Where a service is reached while its grain is active twice, or cannot read.</summary>
public sealed class EndpointScenarioTests
{
    private static readonly Resources _size = new(4000, 8192, 0);
    private static readonly string[] _nodes = ["n1", "n2", "n3"];
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(200);

    [Theory]
    [InlineData(3)]
    [InlineData(5)]
    public async Task UpdateByASecondActivation_TheFirstListsNobodyItDoesNotKnowAndIsNeverEmpty(ulong seed)
    {
        await using var cluster = SimulatedCluster.Create(seed);
        await Up(cluster);
        var first = _nodes.Single(node => cluster.Host(node).Silo!.Holds<IServiceGrain>(Key));
        var other = _nodes.First(node => node != first);
        Assert.True(cluster.Directory.Double(Key, stays: true));

        Assert.True(Ask(cluster, other, service => service.Put(Spec("sleep 20000000"), PutMode.Any)).IsAccepted);
        Assert.True(cluster.Host(first).Silo!.Holds<IServiceGrain>(Key));
        for (ServiceView? view = null; view is not { Deployments: [{ Number: 2, Status: DeploymentStatus.Completed }, ..] }; cluster.Advance(_pause))
        {
            // It gives up when the other one has written before it.
            Assert.NotEmpty((await List(cluster, first)).Endpoints);
            view = Ask(cluster, other, service => service.Get());
        }

        Assert.Equal([2, 2], (await List(cluster, first)).Endpoints.Select(endpoint => endpoint.Revision));
    }

    [Fact]
    public async Task ReadsFailWhileItWakesAndIsScaled_NeverListsNobody()
    {
        await using var cluster = SimulatedCluster.Create(7, new SimulationOptions { Faults = new FaultRates { ReadFailed = 0.15 } });
        await Up(cluster);
        cluster.StartFaults();
        var lists = 0;
        for (var round = 0; round < 40; round++)
        {
            if (_nodes.FirstOrDefault(node => cluster.Host(node).Silo?.Holds<IServiceGrain>(Key) == true) is { } home)
                cluster.KillSilo(home);
            cluster.Advance(TimeSpan.FromSeconds(5));
            foreach (var node in _nodes.Where(node => cluster.Host(node).Silo is not null))
            {
                var count = 2 + (round % 2);
                _ = Try(cluster, node, service => service.Scale(count));
                if (Try(cluster, node, Endpoints) is not { } list)
                    continue;
                Assert.NotEmpty(list.Endpoints);
                lists++;
            }
        }

        Assert.True(lists > 10, $"{lists} lists");
    }

    private static string Key => GrainKeys.Service("default", "web");

    private static Task<ServiceEndpoints?> Endpoints(IServiceGrain service) => service.Endpoints(0, TimeSpan.Zero, CancellationToken.None);

    private static async Task Up(SimulatedCluster cluster)
    {
        foreach (var node in _nodes)
            await cluster.AddNode(node, _size);
        Assert.True((await cluster.PutService(Spec("sleep 10000000"))).IsAccepted);
        await cluster.WaitForService("web", "is complete", view => view.Deployments[0].Status == DeploymentStatus.Completed);
    }

    private static T Ask<T>(SimulatedCluster cluster, string node, Func<IServiceGrain, Task<T>> question)
    {
        var answer = cluster.Host(node).Silo!.Request(silo => question(silo.Engine.GetGrain<IServiceGrain>(Key)));
        Assert.True(cluster.World.Run(() => answer.IsCompleted, cluster.Time + TimeSpan.FromSeconds(60)), "nobody answers");
        return answer.GetAwaiter().GetResult();
    }

    private static async Task<ServiceEndpoints> List(SimulatedCluster cluster, string node)
    {
        ServiceEndpoints? list = null;
        await cluster.Until(() => Task.FromResult((list = Try(cluster, node, Endpoints)) is not null), "an endpoint list");
        return list!;
    }

    private static T? Try<T>(SimulatedCluster cluster, string node, Func<IServiceGrain, Task<T>> question)
        where T : class?
    {
        try
        {
            return Ask(cluster, node, question);
        }
        catch (Exception exception) when (exception is not SimulationException)
        {
            return null;
        }
    }

    private static ServiceSpec Spec(string script) => new()
    {
        Name = "web",
        DesiredCount = 2,
        Containers =
        [
            new ContainerSpec
            {
                Name = "main",
                Image = "app",
                Command = ["sh", "-c", script],
                Resources = new Resources(100, 64, 0),
                Ports = [new PortMapping { Container = 80 }],
            },
        ],
        DeploymentConfiguration = new DeploymentConfiguration { MinimumHealthyTime = 1 },
    };
}
