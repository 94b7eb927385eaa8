using System.Collections.Immutable;
using OrleansCluster.Placement.Constraints;

namespace OrleansCluster.Tests.Unit.Placement.Constraints;

/// <summary>A node to ask, and questions to it, in few words.</summary>
internal static class Facts
{
    public static NodeFacts Node { get; } = new()
    {
        Name = "i-abcd1234",
        Status = NodeStatus.Active,
        Attributes = ImmutableSortedDictionary<string, string>.Empty
            .Add("ecs.instance-type", "t2.small")
            .Add("ecs.availability-zone", "us-east-1a")
            .Add("stack", "prod")
            .Add("owner", "it's \"us\" & co")
            .Add("cores", "10")
            .Add("kernel", "5.10"),
        TaskGroups = ["service:production", "batch"],
        RunningTasksCount = 1,
        RegisteredAt = new DateTimeOffset(2018, 2, 12, 23, 59, 59, 700, TimeSpan.Zero),
        AgentVersion = "1.14.4",
    };

    public static bool Matches(string text) => Matches(text, Node);

    public static bool Matches(string text, NodeFacts node) => Expression(text).Matches(node);

    public static ConstraintExpression Expression(string text)
    {
        var parsed = ConstraintExpression.Parse(text);
        Assert.True(parsed.IsValid, $"{text}\n{string.Join('\n', parsed.Faults)}");
        return parsed.Expression;
    }

    public static string[] FaultsOf(string text)
    {
        var parsed = ConstraintExpression.Parse(text);
        Assert.False(parsed.IsValid, text);
        return [.. parsed.Faults.Select(fault => fault.ToString())];
    }

    /// <summary>The columns of all faults, with a comma between.</summary>
    public static string ColumnsOf(string text) => string.Join(',', ConstraintExpression.Parse(text).Faults.Select(fault => fault.Column));
}
