using OrleansCluster.Grains.Scheduling;

namespace OrleansCluster.Tests.Unit.Scheduling;

public sealed class LostNodesTests
{
    private readonly LostNodes _nodes = new();

    [Fact]
    public void Lost_AsOftenAsChanceHasIt_IsTriedAgain()
    {
        for (var round = 0; round < LostNodes.Tolerated; round++)
            Lose("a");

        Assert.Empty(_nodes.Next());
    }

    [Fact]
    public void Lost_OnceMoreEachTime_StaysAwayTwiceAsLong()
    {
        for (var round = 0; round < LostNodes.Tolerated; round++)
            Lose("a");

        int[] expected = [1, 2, 4, 8, 16, LostNodes.LongestAway, LostNodes.LongestAway];
        Assert.Equal(expected, expected.Select(_ => RoundsAway("a")));
    }

    [Fact]
    public void Lost_ManyTimes_StaysAwayNoLongerThanTheLimit()
    {
        for (var time = 0; time < 100; time++)
            Lose("a");

        Assert.Equal(LostNodes.LongestAway, RoundsAway("a"));
    }

    [Fact]
    public void Won_AfterLosses_ForgetsThem()
    {
        for (var round = 0; round < LostNodes.Tolerated; round++)
            Lose("a");
        _nodes.Won("a");
        Lose("a");

        Assert.Empty(_nodes.Next());
    }

    [Fact]
    public void Next_OneNodeLost_StaysAwayFromThatAlone()
    {
        for (var round = 0; round <= LostNodes.Tolerated; round++)
            Lose("a");
        _nodes.Lost("b");

        Assert.Equal(["a"], _nodes.Next());
    }

    private void Lose(string node)
    {
        _nodes.Next();
        _nodes.Lost(node);
    }

    /// <summary>Loses it, and counts the rounds until it may be tried again.</summary>
    private int RoundsAway(string node)
    {
        _nodes.Lost(node);
        var away = 0;
        while (_nodes.Next().Contains(node))
            away++;
        return away;
    }
}
