namespace OrleansCluster.Tests.Properties.Placement;

/// <summary>What constraints and strategies say, in the loops that one would write first. It reads only the expressions that <see cref="RuledCase"/> draws.</summary>
internal sealed class RuledModel(IReadOnlyList<ModelNode> nodes, Resources largest)
{
    private readonly List<(ModelNode Node, string Group)> _placed = [];

    public ModelNode Node(string name) => nodes.First(node => node.Node.Name == name);

    /// <summary>The nodes that any of may be chosen: more than one only where they are equal, or chance decides.</summary>
    public List<ModelNode> Choices(PlacementRequest request)
    {
        var left = nodes.Where(node => node.Fits(request) && request.Constraints.All(constraint => Holds(node, request.Group, constraint))).ToList();
        foreach (var step in request.Strategy)
        {
            if (step.Type == PlacementStepType.Random)
                return left;
            left = Least(left, node => KeyOf(node, request.Group, step));
        }

        return Least(left, node => node.Score(largest));
    }

    public void Take(ModelNode node, PlacementRequest request)
    {
        node.Take(request);
        _placed.Add((node, request.Group));
    }

    private bool Holds(ModelNode node, string group, PlacementConstraint constraint) => constraint switch
    {
        { Type: PlacementConstraintType.DistinctInstance } => group.Length == 0 || TasksOf(node, group) == 0,
        { Expression: "attribute:zone == a" } => ZoneOf(node) == "a",
        { Expression: "not(attribute:zone == b)" } => ZoneOf(node) != "b",
        { Expression: "runningTasksCount < 3" } => node.Node.ClaimCount + _placed.Count(placed => placed.Node == node) < 3,
        { Expression: "task:group == family:db" } => TasksOf(node, "family:db") > 0,
        _ => throw new InvalidOperationException($"{constraint.Expression} is not known here."),
    };

    private long KeyOf(ModelNode node, string group, PlacementStep step) => step switch
    {
        { Field: "cpu" } => node.Free.Cpu,
        { Field: "memory" } => node.Free.Memory,
        { Field: "attribute:zone" } => nodes.Where(other => ZoneOf(other) == ZoneOf(node)).Sum(other => TasksOf(other, group)),
        _ => TasksOf(node, group),
    };

    private int TasksOf(ModelNode node, string group) => group.Length == 0
        ? 0
        : node.Node.TaskGroups.Where(each => each.Group == group).Sum(each => each.Tasks) + _placed.Count(placed => placed.Node == node && placed.Group == group);

    private static string? ZoneOf(ModelNode node) => node.Node.Attributes.GetValueOrDefault("zone");

    private static List<ModelNode> Least(List<ModelNode> left, Func<ModelNode, long> keyOf) =>
        left.Count == 0 ? left : [.. left.GroupBy(keyOf).MinBy(equal => equal.Key)!];
}
