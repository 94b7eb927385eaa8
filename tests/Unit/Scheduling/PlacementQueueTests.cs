using OrleansCluster.Grains.Scheduling;

namespace OrleansCluster.Tests.Unit.Scheduling;

public sealed class PlacementQueueTests
{
    [Fact]
    public void Head_PriorityThenAgeThenId()
    {
        var queue = new PlacementQueue();
        queue.Add(Request("late", 50, 2));
        queue.Add(Request("early-b", 50, 1));
        queue.Add(Request("early-a", 50, 1));
        queue.Add(Request("urgent", 90, 3));

        Assert.Equal(["urgent", "early-a", "early-b", "late"], queue.Drawn(10).Select(r => r.TaskId));
        Assert.Equal(["urgent"], queue.Drawn(1).Select(r => r.TaskId));
    }

    [Theory]
    [InlineData(9, "urgent")]
    [InlineData(11, "old")]
    public void Head_PointOfPriority_OutweighsAMinuteOfWaiting(int minutes, string first)
    {
        var queue = new PlacementQueue();
        queue.Add(Request("old", 50, 0));
        queue.Add(Request("urgent", 60, 0) with { QueuedAt = Request("old", 50, 0).QueuedAt.AddMinutes(minutes) });

        Assert.Equal(first, queue.Drawn(1).Single().TaskId);
    }

    [Fact]
    public void FirstParked_IsTheOneThatGoesFirstOfThem()
    {
        var queue = new PlacementQueue();
        queue.Add(Request("a", 50, 1));
        queue.Add(Request("b", 60, 2));
        queue.Add(Request("c", 70, 3));
        Assert.Null(queue.FirstParked());

        queue.Park("a");
        queue.Park("b");
        var parked = queue.FirstParked();
        queue.Remove("b");

        Assert.Equal(("b", "a"), (parked!.TaskId, queue.FirstParked()!.TaskId));
    }

    [Fact]
    public void Add_SameAttemptTwice_QueuesOnce()
    {
        var queue = new PlacementQueue();
        queue.Add(Request("a", 50, 1));
        queue.Add(Request("a", 50, 2));

        Assert.Equal(1, queue.Count);
        Assert.Equal(1, Assert.Single(queue.Drawn(10)).QueuedAt.Second);
    }

    [Fact]
    public void Add_LaterAttempt_TakesThePlaceOfTheEarlier()
    {
        var queue = new PlacementQueue();
        queue.Add(Request("a", 50, 1));
        queue.Add(Request("a", 50, 2, attempt: 2));
        queue.Add(Request("a", 50, 3, attempt: 1));

        Assert.Equal(2, Assert.Single(queue.Drawn(10)).Attempt);
    }

    [Fact]
    public void Park_KeepsItOutOfTheHeadUntilUnparked()
    {
        var queue = new PlacementQueue();
        queue.Add(Request("a", 50, 1));
        queue.Add(Request("b", 50, 2));

        queue.Park("a");
        var whileParked = queue.Drawn(10).Select(r => r.TaskId).ToList();
        queue.Unpark();

        Assert.Equal(["b"], whileParked);
        Assert.Equal(["a", "b"], queue.Drawn(10).Select(r => r.TaskId));
    }

    [Fact]
    public void Remove_ParkedTask_IsGoneForGood()
    {
        var queue = new PlacementQueue();
        queue.Add(Request("a", 50, 1));
        queue.Park("a");

        Assert.True(queue.Remove("a"));
        queue.Unpark();

        Assert.Equal((0, false), (queue.Count, queue.HasWaiting));
        Assert.False(queue.Remove("a"));
    }

    [Fact]
    public void ToView_ByTeam_CountsParkedOnesAndNamesTheOldest()
    {
        var queue = new PlacementQueue();
        queue.Add(Request("a", 50, 3));
        queue.Add(Request("b", 90, 5));
        queue.Add(Request("c", 50, 4) with { Team = "other" });
        queue.Park("a");

        Assert.Equal([("default", 2, 3), ("other", 1, 4)], queue.ToView("default", "batch").Teams.Select(t => (t.Team, t.Length, t.Oldest.Second)));

        queue.Remove("a");
        queue.Remove("c");
        queue.Add(Request("b", 90, 9, attempt: 2));

        Assert.Equal([("default", 1, 9)], queue.ToView("default", "batch").Teams.Select(t => (t.Team, t.Length, t.Oldest.Second)));
    }

    [Fact]
    public void Advance_DelayedRequest_WaitsUntilItsTimeHasCome()
    {
        var now = Request("a", 50, 0).QueuedAt;
        var queue = new PlacementQueue();
        queue.Add(Request("later", 50, 0) with { NotBefore = now.AddSeconds(20) });
        queue.Add(Request("soon", 50, 0) with { NotBefore = now.AddSeconds(10) });

        Assert.Equal((false, now.AddSeconds(10)), (queue.HasReady, queue.NextMoment!.Value));
        Assert.Empty(queue.Advance(now.AddSeconds(10)));
        Assert.Equal(["soon"], queue.Drawn(10).Select(request => request.TaskId));
        Assert.True(queue.Remove("later"));
        Assert.Null(queue.NextMoment);
    }

    [Fact]
    public void Advance_ExpiredRequests_AreNamedUntilTheyAreRemoved()
    {
        var now = Request("a", 50, 0).QueuedAt;
        var queue = new PlacementQueue();
        queue.Add(Request("patient", 50, 0));
        queue.Add(Request("a", 50, 0) with { ExpiresAt = now.AddSeconds(5) });
        queue.Add(Request("b", 50, 0) with { ExpiresAt = now.AddSeconds(9) });
        queue.Park("a");

        Assert.Empty(queue.Advance(now.AddSeconds(4)));
        Assert.Equal(["a"], queue.Advance(now.AddSeconds(5)).Select(request => request.TaskId));
        Assert.Equal(["a", "b"], queue.Advance(now.AddSeconds(9)).Select(request => request.TaskId));
        queue.Remove("a");
        Assert.Equal(now.AddSeconds(9), queue.NextMoment);
    }

    private static PlacementRequest Request(string task, int priority, int second, int attempt = 1) => new()
    {
        TaskId = task,
        Attempt = attempt,
        Resources = default,
        Definition = "app:1",
        Team = "default",
        Priority = priority,
        QueuedAt = new DateTimeOffset(2026, 1, 1, 0, 0, second, TimeSpan.Zero),
    };
}
