using OrleansCluster.Placement.Constraints.Syntax;

namespace OrleansCluster.Placement.Constraints.Evaluation;

/// <summary>Makes a tree ready to be asked: arguments are parsed and patterns built once, not for every node.</summary>
internal static class Compiler
{
    public static Test Compile(Condition condition) => condition switch
    {
        AndCondition and => new AndTest(Compile(and.Left), Compile(and.Right)),
        OrCondition or => new OrTest(Compile(or.Left), Compile(or.Right)),
        NotCondition not => new NotTest(Compile(not.Inner)),
        Comparison comparison => new NodeTest(Compile(comparison)),
        _ => throw new InvalidOperationException($"There is no test for {condition.GetType().Name}."),
    };

    private static Predicate<NodeFacts> Compile(Comparison comparison) => comparison.Subject.Kind switch
    {
        SubjectKind.AgentVersion => OfKey(comparison, text => Keys.OfVersion(text), node => Keys.OfAgent(node.AgentVersion)),
        SubjectKind.RegisteredAt => OfKey(comparison, Keys.OfTime, node => Keys.OfTime(node.RegisteredAt)),
        SubjectKind.RunningTasksCount => OfKey(comparison, Keys.OfCount, node => node.RunningTasksCount),
        SubjectKind.TaskGroup => OfGroups(comparison),
        _ => OfText(comparison),
    };

    private static Predicate<NodeFacts> OfKey(Comparison comparison, Func<string, Int128?> parse, Func<NodeFacts, Int128?> keyOf)
    {
        var argument = parse(comparison.Arguments[0])
            ?? throw new InvalidOperationException($"{comparison.Subject} was compared with '{comparison.Arguments[0]}'.");
        return node => keyOf(node) is { } key && Order.Holds(comparison.Operator, key.CompareTo(argument));
    }

    private static Predicate<NodeFacts> OfGroups(Comparison comparison)
    {
        if (comparison.Operator == Operator.NotExists)
            return node => node.TaskGroups.IsEmpty;

        var test = TextTests.Of(comparison.Operator, comparison.Arguments);
        return node =>
        {
            foreach (var group in node.TaskGroups)
            {
                if (test(group))
                    return true;
            }

            return false;
        };
    }

    private static Predicate<NodeFacts> OfText(Comparison comparison)
    {
        var name = comparison.Subject.Attribute;
        if (comparison.Operator == Operator.NotExists)
            return node => !node.Attributes.ContainsKey(name);

        var test = TextTests.Of(comparison.Operator, comparison.Arguments);
        return comparison.Subject.Kind switch
        {
            SubjectKind.Attribute => node => node.Attributes.TryGetValue(name, out var value) && test(value),
            SubjectKind.Node => node => test(node.Name),
            SubjectKind.Status => node => test(StatusName(node.Status)),
            SubjectKind.AgentConnected => node => test(node.Status == NodeStatus.Lost ? "false" : "true"),
            _ => throw new InvalidOperationException($"{comparison.Subject} is not a text."),
        };
    }

    private static string StatusName(NodeStatus status) => status switch
    {
        NodeStatus.Active => "ACTIVE",
        NodeStatus.Draining => "DRAINING",
        _ => "LOST",
    };
}
