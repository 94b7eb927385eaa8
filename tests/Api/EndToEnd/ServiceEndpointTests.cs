using OrleansCluster.Client;
using static OrleansCluster.Tests.Api.EndToEnd.Specs;

namespace OrleansCluster.Tests.Api.EndToEnd;

/// <summary>A service's endpoint list over HTTP and the SDK, and over a restart.</summary>
public sealed class ServiceEndpointTests : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("ocs-endpoints-").FullName;
    private readonly CancellationTokenSource _patience = new(TimeSpan.FromMinutes(2));

    public void Dispose()
    {
        _patience.Dispose();
        Directory.Delete(_data, recursive: true);
    }

    [Fact]
    public async Task Watch_ServiceThatStartsScalesAndStops_TellsOfEveryChange()
    {
        await using var silo = await SimulatedSilo.Start(_data, "--node-address", "10.0.0.11");
        var service = silo.Grain<IServiceGrain>(GrainKeys.Service("default", "web"));
        Assert.True((await service.Put(Web(3), PutMode.Create)).IsAccepted);

        await using var lists = silo.Client.Services.WatchEndpointsAsync("web", _patience.Token).GetAsyncEnumerator(_patience.Token);
        var three = await Until(lists, 3);
        Assert.All(three.Endpoints, endpoint => Assert.Equal(("10.0.0.11", "node", 1, 80), (endpoint.Address, endpoint.Node, endpoint.Revision, endpoint.Ports[0].Container)));
        Assert.Equal(3, three.Endpoints.Select(endpoint => endpoint.Ports[0].Host).Distinct().Count());

        Assert.True((await service.Scale(1)).IsAccepted);
        var one = await Until(lists, 1);
        Assert.Equal(three.Endpoints[0].TaskId, Assert.Single(one.Endpoints).TaskId);

        // They have left the list, and run on for what is under way.
        Assert.Equal(2, await Count(silo, task => task is { State: TaskState.Deactivating, DesiredStatus: DesiredStatus.Running }));
        Assert.Equal("10.0.0.11", (await silo.Client.Nodes.GetAsync("node")).Attributes[NodeSnapshot.AddressAttribute]);

        Assert.True((await service.Delete()).IsAccepted);
        Assert.Empty((await Until(lists, 0)).Endpoints);
    }

    [Fact]
    public async Task Get_AfterARestart_IsNotEmptyBeforeTheTasksHaveBeenRead()
    {
        await using (var silo = await SimulatedSilo.Start(_data))
        {
            Assert.True((await silo.Grain<IServiceGrain>(GrainKeys.Service("default", "web")).Put(Web(2), PutMode.Create)).IsAccepted);
            await using var lists = silo.Client.Services.WatchEndpointsAsync("web", _patience.Token).GetAsyncEnumerator(_patience.Token);
            await Until(lists, 2);
        }

        // Without an agent the tasks are as they were.
        await using var again = await SimulatedSilo.Start(_data, "--runtime", "none");
        Assert.Equal(2, (await again.Client.Services.GetEndpointsAsync("web", _patience.Token)).Endpoints.Length);
    }

    [Theory]
    [InlineData("nothing")]
    [InlineData("No_Name")]
    public async Task Get_NoSuchService_IsNotFound(string name)
    {
        await using var silo = await SimulatedSilo.Start(_data);

        Assert.Equal(404, (await Assert.ThrowsAsync<ClusterApiException>(() => silo.Client.Services.GetEndpointsAsync(name, _patience.Token))).Status);
    }

    private static ServiceSpec Web(int count) => new()
    {
        Name = "web",
        DesiredCount = count,
        Containers = [Container(["sleep", "1000000"]) with { Ports = [new PortMapping { Container = 80 }] }],
        DeregistrationDelay = 3600,
    };

    private async Task<ServiceEndpoints> Until(IAsyncEnumerator<ServiceEndpoints> lists, int count)
    {
        while (await lists.MoveNextAsync())
        {
            if (lists.Current.Endpoints.Length == count)
                return lists.Current;
        }

        throw new InvalidOperationException($"The list has ended before it was of {count} endpoints.");
    }

    private async Task<int> Count(SimulatedSilo silo, Func<TaskView, bool> condition)
    {
        for (var count = 0; ; _patience.Token.ThrowIfCancellationRequested())
        {
            var tasks = await silo.Client.Tasks.ListAsync(null, state: null, _patience.Token).ToListAsync(_patience.Token);
            count = tasks.Count(condition);
            if (count == 2)
                return count;
            await System.Threading.Tasks.Task.Delay(20, _patience.Token);
        }
    }
}
