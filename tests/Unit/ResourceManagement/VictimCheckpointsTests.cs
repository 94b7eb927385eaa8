using OrleansCluster.Grains.ResourceManagement.Preemption;
using OrleansCluster.Tests.Unit.Checkpoints;

namespace OrleansCluster.Tests.Unit.ResourceManagement;

/// <summary>Which tasks' records are read before somebody has to leave.</summary>
public sealed class VictimCheckpointsTests
{
    private static readonly DateTimeOffset _now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly StoredTasks _tasks = new();

    [Fact]
    public async Task Read_SomeHaveCheckpoints_TellsWhenTheNewestWasTaken()
    {
        _tasks.Add("job.work.0", "app:1", hasDirectory: true, StoredTasks.Checkpoint(1, _now.AddSeconds(-50)), StoredTasks.Checkpoint(2, _now.AddSeconds(-20)));
        _tasks.Add("job.work.1", "app:1", hasDirectory: true);
        _tasks.Add("job.other.0", "plain:1", hasDirectory: false);

        var taken = await Read(ClaimOf("job.work.0", "app:1"), ClaimOf("job.work.1", "app:1"), ClaimOf("job.other.0", "plain:1"), ClaimOf("nobody.knows.0", "nothing:1"));

        Assert.Equal([("job.work.0#1", _now.AddSeconds(-20))], taken.Select(entry => (entry.Key, entry.Value)));
    }

    [Fact]
    public async Task Read_AnotherAttemptHasBegun_ItIsNotTheClaims()
    {
        _tasks.Add("job.work.0", "app:1", hasDirectory: true, StoredTasks.Checkpoint(1, _now.AddSeconds(-50)));

        Assert.Empty(await Read(ClaimOf("job.work.0", "app:1") with { Attempt = 2 }));
    }

    [Fact]
    public async Task Read_ManyTasksOfADefinitionWithoutADirectory_OneRecordTellsForAll()
    {
        var reader = new VictimCheckpoints(_tasks.Store, "lab");
        for (var i = 0; i < 500; i++)
            _tasks.Add($"job.work.{i}", "plain:1", hasDirectory: false);
        Claim[] claims = [.. Enumerable.Range(0, 500).Select(i => ClaimOf($"job.work.{i}", "plain:1"))];

        Assert.Empty(await reader.Read(claims));
        Assert.Equal(1, _tasks.Reads);
        Assert.Empty(await reader.Read(claims));
        Assert.Equal(1, _tasks.Reads);
    }

    [Fact]
    public async Task Read_MoreThanAreRead_ThoseThatHaveRunLongest()
    {
        for (var i = 0; i < 500; i++)
            _tasks.Add($"job.work.{i}", "app:1", hasDirectory: true, StoredTasks.Checkpoint(1, _now));

        var taken = await Read([.. Enumerable.Range(0, 500).Select(i => ClaimOf($"job.work.{i}", "app:1") with { ClaimedAt = _now.AddSeconds(-i) })]);

        Assert.InRange(taken.Count, VictimCheckpoints.MostRead, VictimCheckpoints.MostRead + 32);
        Assert.True(taken.ContainsKey("job.work.499#1"));
        Assert.False(taken.ContainsKey("job.work.0#1"));
    }

    [Fact]
    public async Task Read_TheStoreIsAway_NobodyHasOne()
    {
        _tasks.IsAway = true;

        Assert.Empty(await Read(ClaimOf("job.work.0", "app:1")));
    }

    private Task<IReadOnlyDictionary<string, DateTimeOffset>> Read(params Claim[] claims) => new VictimCheckpoints(_tasks.Store, "lab").Read(claims);

    private static Claim ClaimOf(string task, string definition) => new()
    {
        TaskId = task,
        Attempt = 1,
        Node = "n1",
        Resources = new Resources(100, 64, 0),
        Definition = definition,
        Team = "default",
        ClaimedAt = _now.AddHours(-1),
    };
}
