using OrleansCluster.Grains.Storage;

namespace OrleansCluster.Tests.Store;

/// <summary>What every store promises of events.</summary>
public abstract class EventContract : ListingContract
{
    [Fact]
    public async Task ReadEvents_AfterCommits_AnswersThemInOrderAndByCluster()
    {
        await Committed(Rows.Unit with { Events = [Rows.Event("t1"), Rows.Event("t2")] });
        await Committed(new CommitUnit { Cluster = "other", Events = [Rows.Event("x")] });
        await Committed(Rows.Unit with { Events = [Rows.Event("t3", "task.stopped")] });

        var events = await Store.ReadEvents(Rows.Cluster, 0, 100, Never);

        Assert.Equal([Rows.Event("t1"), Rows.Event("t2"), Rows.Event("t3", "task.stopped")], events.Select(row => row.Event));
        Assert.Equal(events.Select(row => row.Sequence).Order().Distinct(), events.Select(row => row.Sequence));
        Assert.Equal(events[^1].Sequence, await Store.LastEvent(Rows.Cluster, Never));
        Assert.Equal(["x"], (await Store.ReadEvents("other", 0, 100, Never)).Select(row => row.Event.Subject));
    }

    [Fact]
    public async Task ReadEvents_PageByPage_AnswersEachOnce()
    {
        await Committed(Rows.Unit with { Events = [.. Enumerable.Range(0, 20).Select(i => Rows.Event($"t{i}"))] });

        var first = await Store.ReadEvents(Rows.Cluster, 0, 15, Never);
        var second = await Store.ReadEvents(Rows.Cluster, first[^1].Sequence, 15, Never);

        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"t{i}"), first.Concat(second).Select(row => row.Event.Subject));
        Assert.Empty(await Store.ReadEvents(Rows.Cluster, second[^1].Sequence, 15, Never));
    }

    [Fact]
    public async Task ReadEvents_TimeWithAnOffset_IsTheSameMoment()
    {
        var time = new DateTimeOffset(2026, 5, 6, 7, 8, 9, 123, TimeSpan.FromHours(2)).AddTicks(4567);

        await Committed(Rows.Unit with { Events = [Rows.Event("t") with { Time = time }] });

        var read = (await Store.ReadEvents(Rows.Cluster, 0, 1, Never)).Single().Event.Time;
        Assert.Equal(time.UtcTicks, read.UtcTicks);
        Assert.Equal(TimeSpan.Zero, read.Offset);
    }

    [Fact]
    public async Task LastEvent_WithoutEvents_IsZero() => Assert.Equal(0, await Store.LastEvent(Rows.Cluster, Never));

    [Fact]
    public async Task WaitForEvents_EventIsThere_ReturnsAtOnce()
    {
        await Committed(Rows.Unit with { Events = [Rows.Event("t1")] });

        Assert.True(Store.WaitForEvents(Rows.Cluster, 0, Long, Never) is { } wait && await EndsWithin(wait));
    }

    [Fact]
    public async Task WaitForEvents_EventComes_Wakes()
    {
        await Committed(Rows.Unit with { Events = [Rows.Event("t1")] });
        var after = await Store.LastEvent(Rows.Cluster, Never);
        var waits = Enumerable.Range(0, 5).Select(_ => Store.WaitForEvents(Rows.Cluster, after, Timeout.InfiniteTimeSpan, Never)).ToArray();
        await Committed(new CommitUnit { Cluster = "other", Events = [Rows.Event("x")] });
        Assert.All(waits, wait => Assert.False(wait.IsCompleted));

        await Committed(Rows.Unit with { Events = [Rows.Event("t2")] });

        Assert.True(await EndsWithin(Task.WhenAll(waits)));
    }

    [Fact]
    public async Task WaitForEvents_NothingComes_ReturnsAfterTheLongest()
    {
        Assert.True(await EndsWithin(Store.WaitForEvents(Rows.Cluster, 0, TimeSpan.FromMilliseconds(10), Never)));
    }

    [Fact]
    public async Task WaitForEvents_Cancelled_Throws()
    {
        using var cancel = new CancellationTokenSource();
        var wait = Store.WaitForEvents(Rows.Cluster, 0, Timeout.InfiniteTimeSpan, cancel.Token);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait.WaitAsync(Long));
    }

    private static async Task<bool> EndsWithin(Task task) => await Task.WhenAny(task, Task.Delay(Long)) == task;
}
