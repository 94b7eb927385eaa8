using System.Collections.Immutable;

namespace OrleansCluster.Tests.Unit.Validation;

public sealed class PlacementRuleTests
{
    [Fact]
    public void Validate_ConstraintsStrategyAndGroup_HaveNoFault() => Assert.Empty(Specs.FaultsOf(Specs.Task("a") with
    {
        PlacementConstraints = [MemberOf("attribute:zone == a and runningTasksCount < 5"), new PlacementConstraint { Type = PlacementConstraintType.DistinctInstance }],
        PlacementStrategy = [Spread("attribute:zone"), Spread("instanceId"), Spread("host"), Step(PlacementStepType.Binpack, "memory"), Step(PlacementStepType.Random, null)],
        Group = "service-a:web/1.2",
    }));

    [Fact]
    public void Validate_Expression_NamesTheColumnOfEachFault()
    {
        var faults = Specs.FaultsOf(Specs.Task("a") with { PlacementConstraints = [MemberOf("attribute:zone = a and memory > 5"), MemberOf("node == n1")] });

        Assert.Equal(["/tasks/0/placementConstraints/0/expression", "/tasks/0/placementConstraints/0/expression"], faults.Select(fault => fault.Path));
        Assert.StartsWith("column 16: '=' found; expected ", faults[0].Message, StringComparison.Ordinal);
        Assert.StartsWith("column 24: 'memory' found; expected ", faults[1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_ManyFaults_TellsAll()
    {
        var faults = Specs.FaultsOf(Specs.Task("a") with
        {
            PlacementConstraints = [MemberOf(null), new PlacementConstraint { Type = PlacementConstraintType.DistinctInstance, Expression = "node == n1" }, null!],
            PlacementStrategy = [Spread("zone"), Spread(null), Step(PlacementStepType.Binpack, "disk"), Step(PlacementStepType.Random, "cpu"), Spread("attribute:")],
            Group = "no spaces",
        });

        Assert.Equal(
            [
                "/tasks/0/group", "/tasks/0/placementConstraints/2", "/tasks/0/placementConstraints/0/expression", "/tasks/0/placementConstraints/1/expression",
                .. Enumerable.Range(0, 5).Select(i => $"/tasks/0/placementStrategy/{i}/field"),
            ],
            faults.Select(fault => fault.Path));
        Assert.Equal("'zone' found; expected instanceId, host or attribute:NAME", faults[4].Message);
        Assert.Equal("the field is missing: expected instanceId, host or attribute:NAME", faults[5].Message);
        Assert.Equal("'disk' found; expected cpu or memory", faults[6].Message);
    }

    [Fact]
    public void Validate_TooMany_IsRefused()
    {
        var faults = Specs.FaultsOf(Specs.Task("a") with
        {
            PlacementConstraints = [.. Enumerable.Repeat(MemberOf("node == n1"), 11)],
            PlacementStrategy = [.. Enumerable.Repeat(Spread("host"), 6)],
        });

        Assert.Equal(["11 entries are too many: expected at most 10", "6 entries are too many: expected at most 5"], faults.Select(fault => fault.Message));
    }

    [Fact]
    public void Validate_ListsThatAreMissing_CountAsEmpty() =>
        Assert.Empty(Specs.FaultsOf(Specs.Task("a") with { PlacementConstraints = default, PlacementStrategy = default(ImmutableArray<PlacementStep>) }));

    private static PlacementConstraint MemberOf(string? expression) => new() { Type = PlacementConstraintType.MemberOf, Expression = expression };

    private static PlacementStep Spread(string? field) => Step(PlacementStepType.Spread, field);

    private static PlacementStep Step(PlacementStepType type, string? field) => new() { Type = type, Field = field };
}
