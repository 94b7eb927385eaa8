using OrleansCluster.Testing;

namespace OrleansCluster.Tests.Simulation;

/// <summary>Tasks that count, on hosts that lose their power.</summary>
public sealed class CheckpointScenarioTests : IAsyncLifetime
{
    private const string Directory = "/var/state";
    private const int Interval = 5;
    private const int Last = 1000;
    private static readonly Resources _size = new(4000, 8192, 0);
    private readonly SimulatedCluster _cluster = SimulatedCluster.Create(11);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task HostLosesItsPower_WhileATaskCountsTo1000_TheNextAttemptGoesOnElsewhere()
    {
        await _cluster.AddNode("n1", _size);
        await _cluster.AddNode("n2", _size);
        await _cluster.Submit("job-a", Job(interval: Interval));
        for (var kills = 1; kills <= 3; kills++)
        {
            var before = await UntilRunning(kills);
            _cluster.Advance(TimeSpan.FromSeconds(60));
            var counted = CountOn(before);
            _cluster.TurnOff(before);
            var next = await UntilRunning(kills + 1);

            // A number a second: no more than an interval's is done again, and what a checkpoint takes.
            Assert.NotEqual(before, next);
            Assert.InRange(CountOn(next), counted - Interval - 2, counted + 2);
            _cluster.TurnOn(before);
        }

        // Longer than a wait is patient.
        _cluster.Advance(TimeSpan.FromSeconds(Last));
        Assert.Equal(JobStatus.Succeeded, (await _cluster.WaitForJob("job-a")).Status);
        Assert.Empty(await _cluster.Database.Checkpoints.List(_cluster.Options.Cluster, "", 10, CancellationToken.None));
    }

    [Fact]
    public async Task Request_OfATaskWithoutAnInterval_IsWhatTheNextAttemptBeginsWith()
    {
        await _cluster.AddNode("n1", _size);
        await _cluster.AddNode("n2", _size);
        await _cluster.Submit("job-a", Job(interval: 0));
        var before = await UntilRunning(attempt: 1);
        _cluster.Advance(TimeSpan.FromSeconds(30));
        var request = (await _cluster.Call(grains => Task(grains).RequestCheckpoint())).Value!.Requested;
        await _cluster.Until(async () => (await Find()).Checkpoints!.Answered >= request, "the request is answered");
        var counted = CountOn(before);
        _cluster.Advance(TimeSpan.FromSeconds(30));
        _cluster.TurnOff(before);
        var next = await UntilRunning(attempt: 2);

        Assert.InRange(CountOn(next), counted - 2, counted + 4);
        Assert.Equal(1, (await Find()).Checkpoints!.AnsweredBy);
    }

    private async Task<string> UntilRunning(int attempt)
    {
        await _cluster.Until(async () => (await _cluster.ListTasks("job-a")).Any(task => task.State == TaskState.Running && task.Attempt == attempt), $"attempt {attempt} runs");
        return (await Find()).Node!;
    }

    private async Task<TaskView> Find() => Assert.Single(await _cluster.ListTasks("job-a"));

    private ITaskGrain Task(IGrainFactory grains) => grains.GetGrain<ITaskGrain>(GrainKeys.Task(_cluster.Options.Cluster, "job-a.work.0"));

    private int CountOn(string node)
    {
        var runtime = _cluster.Host(node).Runtime;
        return runtime.Simulated.ReadCount(Assert.Single(runtime.Running()).Id, Directory)!.Value;
    }

    private static JobSpec Job(int interval) => new()
    {
        Name = "job",
        Tasks =
        [
            new JobTaskSpec
            {
                Name = "work",
                Containers = [new ContainerSpec { Name = "main", Image = "app", Command = ["sh", "-c", $"count {Directory} {Last} 1"], Resources = new Resources(500, 256, 0) }],
                Checkpoint = new CheckpointSpec { Path = Directory, Interval = interval },
            },
        ],
    };
}
