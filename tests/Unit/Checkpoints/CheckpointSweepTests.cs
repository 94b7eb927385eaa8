using Microsoft.Extensions.Logging.Abstractions;
using OrleansCluster.Grains.Storage.Checkpoints;
using OrleansCluster.Grains.Tasks.Checkpoints;
using OrleansCluster.Tests.Unit.Agent;

namespace OrleansCluster.Tests.Unit.Checkpoints;

/// <summary>Bytes that no record names go when they are old, and nothing else does.</summary>
public sealed class CheckpointSweepTests
{
    private static readonly TimeSpan _tooOld = TimeSpan.FromMinutes(61);
    private readonly ManualClock _clock = new();
    private readonly StoredTasks _tasks = new();
    private readonly InMemoryCheckpointStore _bytes;

    public CheckpointSweepTests() => _bytes = new InMemoryCheckpointStore(_clock);

    [Fact]
    public async Task Run_OldBytes_OnlyWhatTheRecordNamesStays()
    {
        _tasks.Add("job.work.0", "app:1", hasDirectory: true, StoredTasks.Checkpoint(2, _clock.GetUtcNow()));
        await Put("job.work.0", "c1");
        await Put("job.work.0", "c2");
        _clock.Advance(_tooOld);
        await Sweep();

        Assert.Equal(["job.work.0/c2"], await Left());
    }

    [Fact]
    public async Task Run_OldBytesOfATaskThatIsNotThere_AreDeleted()
    {
        await Put("gone.work.0", "c1");
        _clock.Advance(_tooOld);
        await Sweep();

        Assert.Empty(await Left());
    }

    [Fact]
    public async Task Run_YoungBytes_MayStillBeOnTheirWayIntoARecord()
    {
        _tasks.Add("job.work.0", "app:1", hasDirectory: true);
        await Put("job.work.0", "c1");
        _clock.Advance(TimeSpan.FromMinutes(59));
        await Sweep();

        Assert.Equal(["job.work.0/c1"], await Left());
        Assert.Equal(0, _tasks.Reads);
    }

    [Fact]
    public async Task Run_OtherClusters_AreLeftAlone()
    {
        await _bytes.Put(new CheckpointKey("other", "job.work.0", "c1"), new MemoryStream([1]), CancellationToken.None);
        _clock.Advance(_tooOld);
        await Sweep();

        Assert.Single(await _bytes.List("other", "", 10, CancellationToken.None));
    }

    [Fact]
    public async Task Run_MoreThanAPage_AllAreLookedAtAndEachTaskIsReadOnceAPage()
    {
        const int tasks = 700;
        for (var i = 0; i < tasks; i++)
        {
            var id = $"job.work.{i:D4}";
            await Put(id, "c1");
            await Put(id, "c2");
            _tasks.Add(id, "app:1", hasDirectory: true, StoredTasks.Checkpoint(2, _clock.GetUtcNow()));
        }

        _clock.Advance(_tooOld);
        await Sweep();

        Assert.Equal(Enumerable.Range(0, tasks).Select(i => $"job.work.{i:D4}/c2"), await Left());
        Assert.InRange(_tasks.Reads, tasks, tasks + (2 * tasks / 500));
    }

    private Task Put(string task, string name) => _bytes.Put(new CheckpointKey("lab", task, name), new MemoryStream([1]), CancellationToken.None);

    private Task Sweep() => new CheckpointSweep(_bytes, _tasks.Store, _clock, NullLogger<CheckpointSweep>.Instance).Run("lab", CancellationToken.None);

    private async Task<IEnumerable<string>> Left() => (await _bytes.List("lab", "", 10_000, CancellationToken.None)).Select(stored => stored.Key.Path);
}
