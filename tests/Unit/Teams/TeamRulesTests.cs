using OrleansCluster.Grains.Teams;
using static OrleansCluster.Tests.Unit.Teams.Sample;

namespace OrleansCluster.Tests.Unit.Teams;

public sealed class TeamRulesTests
{
    [Fact]
    public void CheckMaximum_TeamOrItsParentAtIt_NamesWhoseAndBy()
    {
        var book = Book(Team("p", max: 10), Team("a", "p", max: 8), Team("b", "p"));
        book.Of("a").Add(Totals(6), 1);
        book.Of("b").Add(Totals(3), 1);

        Assert.Equal(("a", 1L), (TeamRules.CheckMaximum(book.Of("a"), Totals(3))!.Value.Team, TeamRules.CheckMaximum(book.Of("a"), Totals(3))!.Value.Missing));
        Assert.Equal("team p at its maximum: cpu 9 millicores of 10 millicores used, 2 millicores wanted", $"{TeamRules.CheckMaximum(book.Of("b"), Totals(2))}");
        Assert.Null(TeamRules.CheckMaximum(book.Of("b"), Totals(1)));
        Assert.Null(TeamRules.CheckMaximum(book.Of("nobody"), Totals(100)));
    }

    [Theory]
    [InlineData(0, 4, true)]
    [InlineData(0, 5, false)]
    [InlineData(1, 4, false)]
    public void IsGuaranteed_Minimum_HoldsAsLongAsItIsNotPassed(int used, int wanted, bool expected)
    {
        var book = Book(Team("a", min: 4));
        book.Of("a").Add(Totals(used), 1);

        Assert.Equal(expected, TeamRules.IsGuaranteed(book.Of("a"), Totals(wanted, memory: 100)));
        Assert.False(TeamRules.IsGuaranteed(book.Of("a"), Totals(0, memory: 1)));
    }

    [Fact]
    public void IsGuaranteed_ParentsMinimum_IsForItsChildrenButNotWhatItsOtherChildrenAreGuaranteed()
    {
        var book = Book(Team("p", min: 10), Team("a", "p", min: 4), Team("b", "p"));

        Assert.True(TeamRules.IsGuaranteed(book.Of("b"), Totals(6)));
        Assert.False(TeamRules.IsGuaranteed(book.Of("b"), Totals(7)));
        Assert.True(TeamRules.IsGuaranteed(book.Of("a"), Totals(10)));
    }

    [Fact]
    public void MayRecall_BorrowedClaim_ButNotTheLastThatIsGuaranteedNorProduction()
    {
        var book = Book(Team("a", min: 4), Team("b", min: 4));
        book.Of("b").Add(Totals(6), 3);

        Assert.True(TeamRules.MayRecall(book.Of("a"), Totals(2), book.Of("b"), Totals(2), PriorityBand.Batch));
        Assert.False(TeamRules.MayRecall(book.Of("a"), Totals(2), book.Of("b"), Totals(2), PriorityBand.Production));
        Assert.False(TeamRules.MayRecall(book.Of("a"), Totals(5), book.Of("b"), Totals(2), PriorityBand.Batch));

        book.Of("b").Add(Totals(-2), -1);

        Assert.False(TeamRules.MayRecall(book.Of("a"), Totals(2), book.Of("b"), Totals(2), PriorityBand.Batch));
        Assert.False(TeamRules.MayRecall(book.Of("b"), Totals(1), book.Of("b"), Totals(1), PriorityBand.Batch));
    }

    [Theory]
    [InlineData(80, 6, false)]
    [InlineData(80, 7, true)]
    [InlineData(50, 7, false)]
    public void CheckReserved_ProductionBeyondItsGuarantee_LeavesWhatOthersAreGuaranteed(int priority, int wanted, bool isRefused)
    {
        var book = Book(Team("a", min: 4), Team("b"));

        var found = TeamRules.CheckReserved(book, book.Of("b"), Totals(wanted), PriorityBands.Of(priority), free: Totals(10));

        Assert.Equal(isRefused, found is not null);
        if (found is { } shortfall)
            Assert.Equal("cpu is kept for what other teams are guaranteed: 7 millicores wanted, 6 millicores left beside that", $"{shortfall}");
    }

    [Fact]
    public void Declare_AnotherParent_TakesTheSumsAlong()
    {
        var book = Book(Team("p"), Team("q"), Team("a", "p"));
        book.Of("a").Add(Totals(5), 1);

        book.Declare(Team("a", "q"));
        Assert.Equal((0L, 5L), (book.Of("p").Sum.Cpu, book.Of("q").Sum.Cpu));

        book.Withdraw("a");
        Assert.Equal((0L, 5L), (book.Of("q").Sum.Cpu, book.Of("a").Sum.Cpu));
    }
}
