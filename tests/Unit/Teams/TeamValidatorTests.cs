using OrleansCluster.Grains.Teams;
using static OrleansCluster.Tests.Unit.Teams.Sample;

namespace OrleansCluster.Tests.Unit.Teams;

public sealed class TeamValidatorTests
{
    [Fact]
    public void Validate_ManyFaults_AreAllNamed()
    {
        var faults = TeamValidator.Validate(
            new TeamSet
            {
                Teams =
                [
                    Team("Bad_Name", weight: 0),
                    Team("a", min: 10, max: 5),
                    Team("b", "nobody"),
                    Team("c", "c"),
                    Team("d", "a", max: 6),
                    Team("e", "d"),
                    Team("a"),
                ],
            },
            []);

        Assert.Equal(
            ["/teams/0/name", "/teams/0/weight", "/teams/1/minimum/cpu", "/teams/6/name", "/teams/2/parent", "/teams/3/parent", "/teams/4/parent", "/teams/5/parent"],
            faults.Select(fault => fault.Path));
    }

    [Fact]
    public void Validate_NameThatMeansSomethingElseInPaths_IsRefused()
    {
        var fault = Assert.Single(TeamValidator.Validate(new TeamSet { Teams = [Team("usage")] }, []));

        Assert.Equal("/teams/0/name", fault.Path);
        Assert.Contains("/v1/teams/usage", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_Family_LiesWithinItsParent()
    {
        var set = new TeamSet { Teams = [Team("p", min: 10, max: 20), Team("a", "p", min: 6, max: 21), Team("b", "p", min: 5)] };

        Assert.Equal(
            [
                new Fault("/teams/0/minimum/cpu", "the minimums of the children of team 'p' sum to 11, and its own is 10"),
                new Fault("/teams/1/maximum/cpu", "21 of team 'a' is more than the maximum of team 'p', 20"),
            ],
            TeamValidator.Validate(set, []));
    }

    [Fact]
    public void Validate_DeclaredOnes_AreLookedAtToo()
    {
        var declared = new[] { Team("p", min: 10), Team("a", "p", min: 6) };

        Assert.Equal("/teams/0/minimum/cpu", Assert.Single(TeamValidator.Validate(new TeamSet { Teams = [Team("b", "p", min: 5)] }, declared)).Path);
        Assert.Equal("/teams/0/parent", Assert.Single(TeamValidator.Validate(new TeamSet { Teams = [Team("p", "q", min: 10), Team("q", min: 10)] }, declared)).Path);
        Assert.Empty(TeamValidator.Validate(new TeamSet { Teams = [Team("b", "p", min: 4)] }, declared));
    }
}
