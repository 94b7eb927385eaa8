using OrleansCluster.Placement.Constraints;

namespace OrleansCluster.Tests.Unit.Placement.Constraints;

public sealed class MaskTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(64, 1)]
    [InlineData(65, 2)]
    [InlineData(10_000, 157)]
    public void MaskLength_SoManyNodes_IsOneBitEach(int nodes, int words) => Assert.Equal(words, ConstraintExpression.MaskLength(nodes));

    [Fact]
    public void Fill_ManyNodes_SetsTheBitsOfThoseThatMatchAndNoOther()
    {
        var nodes = Enumerable.Range(0, 130).Select(i => Facts.Node with { RunningTasksCount = i }).ToArray();
        ulong[] mask = [.. Enumerable.Repeat(ulong.MaxValue, 4)];

        Facts.Expression("runningTasksCount >= 62 and runningTasksCount < 65 or runningTasksCount >= 129").Fill(nodes, mask);

        Assert.Equal([3UL << 62, 1UL, 2UL, 0UL], mask);
    }

    [Fact]
    public void Fill_EveryNodeMatches_LeavesTheBitsBehindThemZero()
    {
        var mask = new ulong[2];

        Facts.Expression("not status == LOST").Fill(Enumerable.Repeat(Facts.Node, 65).ToArray(), mask);

        Assert.Equal([ulong.MaxValue, 1UL], mask);
    }

    [Fact]
    public void Fill_MaskTooShort_SaysSo() =>
        Assert.Throws<ArgumentException>(() => Facts.Expression("node == a").Fill(Enumerable.Repeat(Facts.Node, 65).ToArray(), new ulong[1]));
}
