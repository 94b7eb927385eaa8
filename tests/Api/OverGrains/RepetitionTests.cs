using OrleansCluster.Client;
using OrleansCluster.Tests.Api.Http.Fakes;

namespace OrleansCluster.Tests.Api.OverGrains;

/// <summary>What <see cref="ClusterGrains"/> does when calls fail.</summary>
public sealed class RepetitionTests
{
    private readonly FakeGrains _grains;
    private readonly ClusterGrains _cluster;

    public RepetitionTests() => _cluster = new ClusterGrains(
        FakeGrains.Create(out _grains), new ClusterGrainsOptions { Patience = TimeSpan.FromSeconds(1) }, new PausingTime(), new RandomJobKeySource());

    [Fact]
    public async Task ReadEvents_CallsFailBetween_GoesOnAfterTheLastOne()
    {
        var asked = new List<long>();
        _grains.Events().OnRead = query =>
        {
            asked.Add(query.After);
            return asked.Count % 2 == 0
                ? Task.FromException<EventBatch>(new TimeoutException("lost"))
                : Task.FromResult(new EventBatch { Events = [Entry(query.After + 1), Entry(query.After + 2)], Last = query.After + 5 });
        };

        var read = await _cluster.ReadEventsAsync(after: 10, jobId: null).Take(6).Select(e => e.Sequence).ToListAsync();

        Assert.Equal([11, 12, 16, 17, 21, 22], read);
        Assert.Equal([10, 15, 15, 20, 20], asked);
    }

    [Fact]
    public async Task WaitForTask_FailsForLongerThanPatienceLasts_ThrowsTheLastFailure()
    {
        _grains.Task("a-1.main.0").View = Samples.Task("a-1.main.0");
        var failures = 0;
        _grains.Task("a-1.main.0").OnWatch = () => Task.FromException<TaskView?>(new SiloUnavailableException($"away {++failures}"));

        var thrown = await Assert.ThrowsAsync<SiloUnavailableException>(() => _cluster.WaitForTaskAsync("a-1.main.0"));

        // After 100, 200, 400 and 800 ms.
        Assert.Equal((5, "away 5"), (failures, thrown.Message));
    }

    [Fact]
    public async Task WaitForTask_FailsNowAndThenForLongerThanPatience_GoesOn()
    {
        var task = _grains.Task("a-1.main.0");
        task.View = Samples.Task("a-1.main.0");
        var calls = 0;
        task.OnWatch = () =>
        {
            if (++calls % 3 != 0)
                return Task.FromException<TaskView?>(new TimeoutException("lost"));
            return Task.FromResult<TaskView?>(task.View with { State = calls == 15 ? TaskState.Stopped : TaskState.Running });
        };

        var ended = await _cluster.WaitForTaskAsync("a-1.main.0");

        Assert.Equal((15, TaskState.Stopped), (calls, ended.Value!.State));
    }

    [Fact]
    public async Task Wait_CancelledWhileACallFails_Ends()
    {
        _grains.Task("a-1.main.0").View = Samples.Task("a-1.main.0");
        using var cancelled = new CancellationTokenSource();
        _grains.Task("a-1.main.0").OnWatch = () =>
        {
            cancelled.Cancel();
            return Task.FromException<TaskView?>(new TimeoutException("lost"));
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _cluster.WaitForTaskAsync("a-1.main.0", cancelled.Token));
    }

    [Fact]
    public void Options_OutOfRange_AreNamedTogether() =>
        Assert.Equal(
            [
                "Cluster is 'No/name'; expected lower-case letters, digits and hyphens, beginning with a letter, 1 to 63 characters.",
                "Patience is 00:00:00; expected 1 s to 1 day.",
            ],
            new ClusterGrainsOptions { Cluster = "No/name", Patience = TimeSpan.Zero }.Faults());

    private static EventEntry Entry(long sequence) =>
        new() { Sequence = sequence, Time = Samples.Now, Type = "task.running", Subject = "a-1.main.0", Job = "a-1", Json = "{}" };
}
