using FsCheck.Fluent;
using OrleansCluster.Silo.Entry;

namespace OrleansCluster.Tests.Properties.Entry;

public sealed class DestinationChoiceProperties
{
    private static readonly FsCheck.Gen<Candidate[]> _candidates = Gen.ArrayOf(
        from tried in Gen.Choose(0, 2)
        from avoided in Gen.Choose(0, 2)
        from underWay in Gen.Choose(0, 5)
        select new Candidate(tried == 0, avoided == 0, underWay));

    [Fact]
    public void Choose_Any_TakesNoneThatWasTriedAndOneThatIsAvoidedOnlyWhereThereIsNoOther()
    {
        var cases =
            from candidates in _candidates
            from number in Gen.Choose(0, int.MaxValue)
            select (candidates, Draw: DestinationChoice.Draw((ulong)number));

        Check.ForAll(cases, c =>
        {
            var chosen = DestinationChoice.Choose(c.candidates, c.Draw);

            Assert.Equal(c.candidates.All(candidate => candidate.IsTried), chosen < 0);
            if (chosen < 0)
                return;
            Assert.False(c.candidates[chosen].IsTried);
            Assert.True(!c.candidates[chosen].IsAvoided || c.candidates.All(candidate => candidate.IsTried || candidate.IsAvoided));
        });
    }

    [Fact]
    public void Choose_OneHasMoreUnderWayThanAllOthers_IsNotTaken()
    {
        var cases =
            from count in Gen.Choose(2, 20)
            from busy in Gen.Choose(0, count - 1)
            from number in Gen.Choose(0, int.MaxValue)
            select (count, busy, number);

        Check.ForAll(cases, c => Assert.NotEqual(
            c.busy, DestinationChoice.Choose([.. Enumerable.Range(0, c.count).Select(i => new Candidate(false, false, i == c.busy ? 1 : 0))], DestinationChoice.Draw((ulong)c.number))));
    }

    [Fact]
    public void Choose_AllIdle_SpreadsEvenly()
    {
        var counts = new int[10];
        var idle = new Candidate[counts.Length];
        for (var i = 0UL; i < 10_000; i++)
            counts[DestinationChoice.Choose(idle, DestinationChoice.Draw(i))]++;

        Assert.All(counts, count => Assert.InRange(count, 850, 1150));
    }
}
