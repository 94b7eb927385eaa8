using OrleansCluster.Testing;

namespace OrleansCluster.Tests.Simulation;

/// <summary>Health from a container to whoever waits for it.</summary>
public sealed class HealthScenarioTests : IAsyncLifetime
{
    private const string Id = "job-a.web.0";
    private static readonly TimeSpan _wait = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan _soon = TimeSpan.FromSeconds(1);
    private readonly SimulatedCluster _cluster = SimulatedCluster.Create(12);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task TaskFallsIll_SomebodyWaits_HearsOfItAtOnceAndTheJobOfNothing(bool isByTheAgent)
    {
        await Start(isByTheAgent, "sleep 20; unhealthy; sleep 30; healthy; sleep 1000");
        var well = await Until(HealthStatus.Healthy);
        var version = (await _cluster.GetJob("job-a"))!.Version;

        var ill = await Wait(well);
        var again = await Wait(ill);

        Assert.Equal((HealthStatus.Unhealthy, HealthStatus.Healthy), (ill.Health, again.Health));
        Assert.InRange(_cluster.Clock.GetUtcNow() - again.Containers[0].Health!.Since!.Value, TimeSpan.Zero, _soon);
        Assert.Equal(version, (await _cluster.GetJob("job-a"))!.Version);
        Assert.Equal(["HEALTHY", "UNHEALTHY", "HEALTHY"], await Told());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task SiloDies_TheTaskFallsIllMeanwhile_TheNextAgentFindsItOut(bool isByTheAgent)
    {
        await Start(isByTheAgent, "sleep 20; unhealthy; sleep 1000");
        await Until(HealthStatus.Healthy);
        _cluster.Advance(TimeSpan.FromSeconds(17));

        _cluster.KillSilo("n1");
        await _cluster.Until(() => Task.FromResult(!_cluster.Host("n1").Runtime.Simulated.Checked()[0].IsWell), "it falls ill");
        Assert.Equal(HealthStatus.Healthy, _cluster.Invariants!.Task(Id)!.Health);
        await Until(HealthStatus.Unhealthy);

        Assert.Equal(["HEALTHY", "UNHEALTHY"], await Told());
    }

    private async Task Start(bool isByTheAgent, string script)
    {
        await _cluster.AddNode("n1", new Resources(4000, 8192, 0));
        var check = isByTheAgent ? new HealthCheckSpec { Tcp = new TcpCheckSpec { Port = 80 } } : new HealthCheckSpec { Command = ["check"] };
        var container = new ContainerSpec
        {
            Name = "main",
            Image = "app",
            Command = ["sh", "-c", script],
            Resources = new Resources(500, 256, 0),
            HealthCheck = check with { Interval = 1, Retries = 2 },
        };
        await _cluster.Submit("job-a", new JobSpec { Name = "job", Tasks = [new JobTaskSpec { Name = "web", Containers = [container] }] });
    }

    private async Task<TaskView> Until(HealthStatus health)
    {
        TaskView? task = null;
        await _cluster.Until(async () => (task = await _cluster.GetTask(Id))?.Health == health && task!.State == TaskState.Running, $"the task is {health}");
        return task!;
    }

    private async Task<TaskView> Wait(TaskView known) =>
        (await _cluster.Call(grains => grains.GetGrain<ITaskGrain>(GrainKeys.Task(_cluster.Options.Cluster, Id)).WatchHealth(known.Attempt, known.State, known.Health, _wait, CancellationToken.None)))!;

    private async Task<IEnumerable<string?>> Told() =>
        (await _cluster.ListEvents("job-a")).Where(happened => happened.Type == "task.health").Select(happened => happened.Data.GetProperty("health").GetString());
}
