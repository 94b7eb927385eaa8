using System.Collections.Immutable;
using OrleansCluster.Grains.Scheduling;
using OrleansCluster.Grains.Teams;
using static OrleansCluster.Tests.Unit.Teams.Sample;

namespace OrleansCluster.Tests.Unit.Teams;

public sealed class FairDrawTests
{
    private static readonly ResourceTotals _capacity = Totals(9, 18);

    /// <summary>Ghodsi et al., NSDI 2011, figure 1: the first five that progressive filling gives out are three of A and two of B.</summary>
    [Fact]
    public void Draw_TheExampleOfThePaper_ThreeOfAAndTwoOfB()
    {
        var queue = new PlacementQueue();
        for (var i = 0; i < 10; i++)
        {
            queue.Add(Queued($"a{i}", "a", 1, 4));
            queue.Add(Queued($"b{i}", "b", 3, 1, minute: 1));
        }

        Assert.Equal(["a0", "b0", "a1", "b1", "a2"], Drawn(queue, new TeamBook(), 5).Order(StringComparer.Ordinal).OrderBy(id => id[1]));
    }

    [Fact]
    public void Draw_Weights_ShareByThem()
    {
        var queue = new PlacementQueue();
        for (var i = 0; i < 20; i++)
        {
            queue.Add(Queued($"a{i:00}", "a", 1));
            queue.Add(Queued($"b{i:00}", "b", 1));
        }

        Assert.Equal(3, Drawn(queue, Book(Team("a", weight: 3)), 4).Count(id => id[0] == 'a'));
        Assert.Equal(9, Drawn(queue, Book(Team("a", weight: 3)), 12).Count(id => id[0] == 'a'));
    }

    [Fact]
    public void Draw_Nested_ParentsAreComparedFirst()
    {
        var queue = new PlacementQueue();
        for (var i = 0; i < 20; i++)
        {
            foreach (var team in (string[])["a", "b", "c"])
                queue.Add(Queued($"{team}{i:00}", team, 1));
        }

        var drawn = Drawn(queue, Book(Team("p"), Team("a", "p"), Team("b", "p"), Team("c")), 8);

        Assert.Equal((2, 2, 4), (drawn.Count(id => id[0] == 'a'), drawn.Count(id => id[0] == 'b'), drawn.Count(id => id[0] == 'c')));
    }

    [Fact]
    public void Draw_TeamBelowItsMinimum_GoesBeforeOlderAndHigherOnes()
    {
        var queue = new PlacementQueue();
        queue.Add(Queued("flood", "a", 1, priority: 74));
        for (var i = 0; i < 4; i++)
            queue.Add(Queued($"b{i}", "b", 1, priority: 10, minute: 59));

        Assert.Equal(["b0", "b1", "flood", "b2", "b3"], Drawn(queue, Book(Team("b", min: 2)), 10));
    }

    [Fact]
    public void Draw_OverTheMaximum_IsSetAsideAndHoldsNoNode()
    {
        var queue = new PlacementQueue();
        for (var i = 0; i < 100; i++)
            queue.Add(Queued($"a{i:00}", "a", 1, minute: 1));
        queue.Add(Queued("whole", "a", 9));
        queue.Add(Queued("b", "b", 1));

        var drawn = Drawn(queue, Book(Team("a", max: 2)), 10);

        Assert.Equal(["a00", "a01", "b"], drawn.Order(StringComparer.Ordinal));
        foreach (var task in drawn)
            queue.Remove(task);
        Assert.Equal((false, true), (queue.HasWaiting, queue.HasReady));
        Assert.Null(queue.FirstParked());
        Assert.False(queue.FindShortfall("whole")!.Value.WaitingCanHelp);
        Assert.True(queue.FindShortfall("a02")!.Value.WaitingCanHelp);

        queue.Unpark();
        Assert.Equal(100 - 2 + 1, queue.Count);
        Assert.Null(queue.FindShortfall("whole"));
    }

    [Fact]
    public void Draw_ParkedOne_TellsHowManyGoBeforeIt()
    {
        var queue = new PlacementQueue();
        queue.Add(Queued("a0", "a", 1));
        queue.Add(Queued("a1", "a", 1, minute: 1));
        queue.Add(Queued("a2", "a", 1, minute: 2));
        queue.Park("a1");

        var head = queue.Draw(10, new FairDraw(new TeamBook(), _capacity, _capacity));

        Assert.Equal(("a1", 1), (head.First!.TaskId, head.Before));
        Assert.Equal(["a0", "a2"], head.Batch.Select(request => request.TaskId));
    }

    /// <summary>A band waits no longer behind a higher one than priorities have said for one team alone: the most urgent request tells whose turn it is.</summary>
    [Fact]
    public void Draw_BandsOfSeveralTeams_GoByUrgency()
    {
        var queue = new PlacementQueue();
        queue.Add(Queued("production", "a", 1, priority: 80, minute: 59));
        queue.Add(Queued("old", "b", 1, priority: 50));
        queue.Add(Queued("new", "b", 1, priority: 50, minute: 58));

        Assert.Equal(["old", "production", "new"], Drawn(queue, new TeamBook(), 10));
    }

    private static ImmutableArray<string> Drawn(PlacementQueue queue, TeamBook book, int most) =>
        [.. queue.Draw(most, new FairDraw(book, _capacity, _capacity)).Batch.Select(request => request.TaskId)];
}
