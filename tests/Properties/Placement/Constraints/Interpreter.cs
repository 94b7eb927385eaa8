using System.Globalization;
using System.Text.RegularExpressions;
using OrleansCluster.Placement.Constraints;
using OrleansCluster.Placement.Constraints.Syntax;

namespace OrleansCluster.Tests.Properties.Placement.Constraints;

/// <summary>The plain way to evaluate, on framework types where they know more than ours do: a second opinion on what an expression means.</summary>
internal static class Interpreter
{
    public static bool Holds(Condition condition, NodeFacts node) => condition switch
    {
        AndCondition and => Holds(and.Left, node) & Holds(and.Right, node),
        OrCondition or => Holds(or.Left, node) | Holds(or.Right, node),
        NotCondition not => !Holds(not.Inner, node),
        Comparison { Operator: Operator.NotExists } comparison => !ValuesOf(comparison.Subject, node).Any(),
        Comparison comparison => ValuesOf(comparison.Subject, node).Any(value => Holds(comparison, value)),
        _ => throw new InvalidOperationException(condition.ToString()),
    };

    private static bool Holds(Comparison comparison, string value) => comparison.Operator switch
    {
        Operator.Exists => true,
        Operator.In => comparison.Arguments.Contains(value),
        Operator.NotIn => !comparison.Arguments.Contains(value),
        Operator.Matches => IsMatch(value, comparison.Arguments[0]),
        Operator.NotMatches => !IsMatch(value, comparison.Arguments[0]),
        Operator.Equal => IsEqual(comparison, value),
        Operator.NotEqual => IsKnown(comparison, value) && !IsEqual(comparison, value),
        _ => Compare(comparison.Subject.Kind, value, comparison.Arguments[0]) is { } order && comparison.Operator switch
        {
            Operator.Greater => order > 0,
            Operator.GreaterOrEqual => order >= 0,
            Operator.Less => order < 0,
            _ => order <= 0,
        },
    };

    private static IEnumerable<string> ValuesOf(Subject subject, NodeFacts node) => subject.Kind switch
    {
        SubjectKind.AgentConnected => [node.Status is NodeStatus.Active or NodeStatus.Draining ? "true" : "false"],
        SubjectKind.AgentVersion => node.AgentVersion is null ? [] : [node.AgentVersion.Split('-', '+')[0]],
        SubjectKind.Attribute => node.Attributes.Where(attribute => attribute.Key == subject.Attribute).Select(attribute => attribute.Value),
        SubjectKind.Node => [node.Name],
        SubjectKind.RegisteredAt => [node.RegisteredAt.ToString("yyyy-MM-dd'T'HH:mm:ssK", CultureInfo.InvariantCulture)],
        SubjectKind.RunningTasksCount => [node.RunningTasksCount.ToString(CultureInfo.InvariantCulture)],
        SubjectKind.Status => [node.Status.ToString().ToUpperInvariant()],
        _ => node.TaskGroups,
    };

    private static bool IsMatch(string value, string pattern) => Regex.IsMatch(value, $@"\A(?:{pattern})\z", RegexOptions.CultureInvariant);

    private static bool IsEqual(Comparison comparison, string value) => IsText(comparison.Subject.Kind)
        ? value == comparison.Arguments[0]
        : Compare(comparison.Subject.Kind, value, comparison.Arguments[0]) == 0;

    private static bool IsKnown(Comparison comparison, string value) =>
        IsText(comparison.Subject.Kind) || Compare(comparison.Subject.Kind, value, comparison.Arguments[0]) is not null;

    private static bool IsText(SubjectKind kind) => kind is not (SubjectKind.AgentVersion or SubjectKind.RegisteredAt or SubjectKind.RunningTasksCount);

    private static int? Compare(SubjectKind kind, string value, string argument) => kind switch
    {
        SubjectKind.AgentVersion => ToVersion(value)?.CompareTo(ToVersion(argument)),
        SubjectKind.RegisteredAt => ToTime(value).CompareTo(ToTime(argument)),
        _ when double.TryParse(argument, CultureInfo.InvariantCulture, out var number) =>
            double.TryParse(value, CultureInfo.InvariantCulture, out var other) ? other.CompareTo(number) : null,
        _ => string.CompareOrdinal(value, argument),
    };

    private static DateTimeOffset ToTime(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    private static Version? ToVersion(string text)
    {
        var numbers = text.Split('.').Length;
        return numbers <= 4 && Version.TryParse(text + string.Concat(Enumerable.Repeat(".0", 4 - numbers)), out var version) ? version : null;
    }
}
