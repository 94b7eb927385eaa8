using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;

namespace OrleansCluster.Tests.Properties.Placement;

/// <summary>Clusters in three zones with tasks of three groups on them, and requests with constraints and strategies: few of each, so that they meet.</summary>
internal static class RuledCase
{
    private static readonly string[] _groups = ["", "family:web", "family:db"];

    public static Gen<PlacementCase> All { get; } =
        from small in Generate.Cases
        from copies in Gen.Elements(1, 1, 5)
        let plain = small with { Nodes = [.. Enumerable.Range(0, copies).SelectMany(copy => small.Nodes.Select(node => node with { Name = $"{node.Name}-{copy}" }))] }
        from nodes in Gen.ArrayOf(Node, plain.Nodes.Length)
        from requests in Gen.ArrayOf(Rules, plain.Requests.Length)
        select plain with
        {
            Nodes = [.. plain.Nodes.Zip(nodes, (node, more) => node with { Attributes = more.Attributes, TaskGroups = more.TaskGroups, ClaimCount = more.ClaimCount })],
            Requests =
            [
                .. plain.Requests.Zip(requests, (request, rules) => request with
                {
                    // Small, so that something is left for the others.
                    Resources = new Resources(request.Resources.Cpu / 4, request.Resources.Memory / 4, request.Resources.Disk / 4),
                    Group = rules.Group,
                    Constraints = rules.Constraints,
                    Strategy = rules.Strategy,
                }),
            ],
        };

    public static Gen<NodeSnapshot> Node { get; } =
        from zone in Gen.Elements("a", "b", "c", null)
        from web in Gen.Elements(0, 0, 1, 3)
        from db in Gen.Elements(0, 0, 1)
        select new NodeSnapshot
        {
            Name = "",
            ETag = 1,
            Status = NodeStatus.Active,
            Capacity = default,
            Claimed = default,
            Attributes = zone is null ? ImmutableSortedDictionary<string, string>.Empty : ImmutableSortedDictionary<string, string>.Empty.Add("zone", zone),
            TaskGroups = [.. new TaskGroupCount[] { new("family:db", db), new("family:web", web) }.Where(each => each.Tasks > 0)],
            ClaimCount = web + db + 1,
        };

    private static Gen<PlacementRequest> Rules { get; } =
        from name in Gen.Elements(_groups)
        from constraints in Gen.SubListOf(
            MemberOf("attribute:zone == a"), MemberOf("not(attribute:zone == b)"), MemberOf("runningTasksCount < 3"), MemberOf("task:group == family:db"),
            new PlacementConstraint { Type = PlacementConstraintType.DistinctInstance })
        from isConstrained in Gen.Elements(true, true, false)
        from count in Gen.Choose(0, 3)
        from steps in Gen.ArrayOf(
            Gen.Elements(
                Step(PlacementStepType.Spread, "attribute:zone"), Step(PlacementStepType.Spread, "instanceId"), Step(PlacementStepType.Spread, "host"),
                Step(PlacementStepType.Binpack, "cpu"), Step(PlacementStepType.Binpack, "memory"), Step(PlacementStepType.Random, null)),
            count)
        select new PlacementRequest
        {
            TaskId = "",
            Attempt = 1,
            Resources = default,
            Definition = "",
            Team = "",
            Priority = 0,
            QueuedAt = default,
            Group = name,
            Constraints = isConstrained ? [.. constraints.Take(2)] : [],
            Strategy = [.. steps],
        };

    private static PlacementConstraint MemberOf(string expression) => new() { Type = PlacementConstraintType.MemberOf, Expression = expression };

    private static PlacementStep Step(PlacementStepType type, string? field) => new() { Type = type, Field = field };
}
