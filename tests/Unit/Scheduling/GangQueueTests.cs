using System.Collections.Immutable;
using OrleansCluster.Grains.Scheduling;
using static OrleansCluster.Tests.Unit.Teams.Sample;

namespace OrleansCluster.Tests.Unit.Scheduling;

public sealed class GangQueueTests
{
    [Fact]
    public void AddGang_Whole_IsDrawnTogetherAlsoBeyondTheBatch()
    {
        var queue = new PlacementQueue();
        queue.Add(Queued("a", "t", 1));
        queue.AddGang(Gang("g", 3, minute: 1));
        queue.Add(Queued("b", "t", 1, minute: 2));

        Assert.Equal(["a", "g.0", "g.1", "g.2"], queue.Drawn(2).Select(request => request.TaskId));
        Assert.Equal(5, queue.Count);
    }

    [Fact]
    public void AddGang_APartOfIt_IsNotQueued()
    {
        var queue = new PlacementQueue();
        queue.AddGang([.. Gang("g", 3).Take(2)]);
        queue.AddGang([.. Gang("h", 2).Select((request, i) => request with { Attempt = i + 1 })]);

        Assert.Equal((0, false), (queue.Count, queue.HasWaiting));
    }

    [Fact]
    public void AddGang_LaterAttemptOfThoseThatAreLeft_TakesThePlaceOfTheEarlier()
    {
        var queue = new PlacementQueue();
        queue.AddGang(Gang("g", 3));
        queue.AddGang([.. Gang("g", 3).Take(2).Select(request => request with { Attempt = 2, GangSize = 2 })]);
        queue.AddGang(Gang("g", 3));

        Assert.Equal([("g.0", 2), ("g.1", 2)], queue.Drawn(10).Select(request => (request.TaskId, request.Attempt)));
        Assert.Null(queue.Find("g.2"));
    }

    [Fact]
    public void Remove_OneOfIt_AllAreOut()
    {
        var queue = new PlacementQueue();
        queue.AddGang(Gang("g", 3));
        queue.Park("g.2");

        Assert.Equal("g.0", queue.FirstParked()!.TaskId);
        Assert.True(queue.Remove("g.1"));

        Assert.Equal((0, false, null), (queue.Count, queue.HasReady, queue.FirstParked()));
        Assert.Empty(queue.ToView("c", "s").Teams);
    }

    [Fact]
    public void Advance_BackoffOfOne_AllWaitForIt()
    {
        var now = Queued("x", "t", 1).QueuedAt;
        var queue = new PlacementQueue();
        queue.AddGang([.. Gang("g", 2).Select((request, i) => i == 1 ? request with { NotBefore = now.AddSeconds(5), QueuedAt = now.AddSeconds(5) } : request)]);

        Assert.Empty(queue.Advance(now.AddSeconds(4)));
        Assert.Empty(queue.Drawn(10));
        queue.Advance(now.AddSeconds(5));
        Assert.Equal(2, queue.Drawn(10).Length);
        Assert.Equal(["g.0", "g.1"], queue.Drawn(10).Select(request => request.TaskId));
    }

    [Fact]
    public void Draw_AllOfItBeyondTheMaximum_IsSetAsideAndExplained()
    {
        var queue = new PlacementQueue();
        queue.AddGang(Gang("g", 4));

        var head = queue.Draw(10, new FairDraw(Book(Team("t", max: 3)), Totals(10), Totals(10)));

        Assert.Empty(head.Batch);
        Assert.False(queue.FindShortfall("g.3")!.Value.WaitingCanHelp);
        Assert.Equal(
            "its gang of 4 as a whole: team t at its maximum: cpu 0 millicores of 3 millicores used, 4 millicores wanted; waiting will not help: it is more than the team may ever use",
            TeamExplanation.Of(queue.FindShortfall("g.3")!.Value, 4).Summary);
    }

    [Fact]
    public void AddGang_OneHasFailedTwiceOnANode_AllStayOffIt()
    {
        var queue = new PlacementQueue();
        queue.AddGang([.. Gang("g", 2).Select((request, i) => i == 0 ? request with { Avoided = ["n1"] } : request)]);

        Assert.All(queue.Drawn(10), request => Assert.Equal(["n1"], request.Avoided));
    }

    [Fact]
    public void InOrder_EntriesBeforeTheFirst_CountAllOfAGang()
    {
        var queue = new PlacementQueue();
        queue.AddGang(Gang("g", 3));
        queue.Add(Queued("z", "t", 1, minute: 2));

        var head = QueueHead.InOrder([.. queue.Waiting], Queued("first", "t", 1, minute: 1), queue.MembersOf);

        Assert.Equal((4, 3), (head.Batch.Length, head.Before));
    }

    private static ImmutableArray<PlacementRequest> Gang(string name, int size, int minute = 0) =>
        [.. Enumerable.Range(0, size).Select(i => Queued($"{name}.{i}", "t", 1, minute: minute) with { Gang = name, GangSize = size })];
}
