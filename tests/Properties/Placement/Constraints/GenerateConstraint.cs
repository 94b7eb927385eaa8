using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using OrleansCluster.Placement.Constraints;
using OrleansCluster.Placement.Constraints.Syntax;

namespace OrleansCluster.Tests.Properties.Placement.Constraints;

/// <summary>
/// Conditions and nodes from the same few names and values, so that every comparison often holds and often does not; the values hold
/// everything that the syntax has a use for.
/// </summary>
internal static class GenerateConstraint
{
    private static readonly Gen<string> _attribute = Gen.Elements("stack", "cores", "ecs.instance-type", @"a/b\c_d");

    private static readonly Gen<string> _value = Gen.Elements(
        "prod", "dev", "t2.small", "10", "9", "9.0", "-1", "and", "not", "exists", "",
        " ", "a b", "it's", "\"", "''", "a)", "[a, b]", "!x", "é\ud800", "\n", "service:web");

    private static readonly Gen<string> _pattern = Gen.Elements(
        "t2.*", "(prod|dev)", "[a-z]+", "it's", "", ".*", "a b", @"\d+(\.\d+)?", "(?i)PROD", "prod||dev", @"[^)\]]{1,3}", "a\\)", "'+", "(.)*");

    private static readonly Gen<string> _count = Gen.Elements("-1", "0", "1", "2", "+2", "9223372036854775807");

    private static readonly Gen<string> _time = Gen.Elements(
        "2018-06-18T22:28:28+00:00", "2018-06-19T00:28:28+02:00", "2018-06-18T22:28:29Z", "2018-06-18T22:28:28", "2018-06-18");

    private static readonly Gen<string> _version = Gen.Elements("0", "1", "1.2", "1.2.0.0", "1.2.3", "1.10.0", "2147483647");

    private static readonly Gen<Comparison> _comparison =
        from kind in Gen.Elements(Enum.GetValues<SubjectKind>())
        from attribute in _attribute
        from op in Gen.Elements(SubjectRules.OperatorsOf(kind).ToArray())
        from count in Operators.TakesNothing(op) ? Gen.Constant(0) : Operators.TakesList(op) ? Gen.Choose(1, 4) : Gen.Constant(1)
        from arguments in Gen.ArrayOf(Operators.TakesPattern(op) ? _pattern : ValueOf(kind), count)
        select new Comparison(new Subject(kind, kind == SubjectKind.Attribute ? attribute : ""), op, [.. arguments]);

    /// <summary>Trees of up to 15 comparisons.</summary>
    public static Gen<Condition> Conditions { get; } = Gen.Choose(0, 5).SelectMany(OfDepth);

    public static Gen<NodeFacts> Node { get; } =
        from name in _value
        from status in Gen.Elements(Enum.GetValues<NodeStatus>())
        from attributes in Gen.ArrayOf(from key in _attribute from value in _value select KeyValuePair.Create(key, value), 3)
        from groupCount in Gen.Choose(0, 2)
        from groups in Gen.ArrayOf(_value, groupCount)
        from count in Gen.Choose(0, 3)
        from milliseconds in Gen.Elements(-1000, -1, 0, 1, 999, 1000)
        from version in Gen.Elements(null, "", "1.2", "1.2.3", "1.2.0-rc.1", "1.9.9+x", "x", "1.2.3.4.5", "1.-2")
        select new NodeFacts
        {
            Name = name,
            Status = status,
            Attributes = ImmutableSortedDictionary<string, string>.Empty.SetItems(attributes),
            TaskGroups = [.. groups.Distinct()],
            RunningTasksCount = count,
            RegisteredAt = new DateTimeOffset(2018, 6, 18, 22, 28, 28, TimeSpan.Zero).AddMilliseconds(milliseconds),
            AgentVersion = version,
        };

    /// <summary>0 to 150 nodes: no, a part of, one and several words of a mask.</summary>
    public static Gen<NodeFacts[]> Nodes { get; } =
        from count in Gen.Elements(0, 1, 63, 64, 65, 150)
        from nodes in Gen.ArrayOf(Node, count)
        select nodes;

    public static ConstraintExpression Parse(string text)
    {
        var parsed = ConstraintExpression.Parse(text);
        Assert.True(parsed.IsValid, $"{text}\n{string.Join('\n', parsed.Faults)}");
        return parsed.Expression;
    }

    private static Gen<Condition> OfDepth(int depth)
    {
        var comparison = _comparison.Select(Condition (leaf) => leaf);
        if (depth == 0)
            return comparison;

        var inner = OfDepth(depth - 1);
        return Gen.OneOf(
            comparison,
            inner.Select(Condition (condition) => new NotCondition(condition)),
            from left in inner from right in inner select (Condition)new AndCondition(left, right),
            from left in inner from right in inner select (Condition)new OrCondition(left, right));
    }

    private static Gen<string> ValueOf(SubjectKind kind) => kind switch
    {
        SubjectKind.AgentConnected => Gen.Elements("true", "false"),
        SubjectKind.AgentVersion => _version,
        SubjectKind.RegisteredAt => _time,
        SubjectKind.RunningTasksCount => _count,
        SubjectKind.Status => Gen.Elements("ACTIVE", "DRAINING", "LOST"),
        _ => _value,
    };
}
