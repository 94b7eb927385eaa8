using System.Collections.Immutable;
using OrleansCluster.Placement.Constraints.Evaluation;

namespace OrleansCluster.Placement.Constraints.Syntax;

/// <summary>Which operators a subject takes, as ECS documents them, and which values.</summary>
internal static class SubjectRules
{
    private static readonly ImmutableArray<Operator> _all = [.. Enum.GetValues<Operator>()];

    private static readonly ImmutableArray<Operator> _ofOrdered =
        [Operator.Equal, Operator.NotEqual, Operator.Greater, Operator.GreaterOrEqual, Operator.Less, Operator.LessOrEqual];

    private static readonly ImmutableArray<Operator> _ofNames =
        [Operator.Equal, Operator.NotEqual, Operator.In, Operator.NotIn, Operator.Matches, Operator.NotMatches];

    /// <summary>All of them for a subject that is not known.</summary>
    public static ImmutableArray<Operator> OperatorsOf(SubjectKind? subject) => subject switch
    {
        SubjectKind.AgentConnected or SubjectKind.Node or SubjectKind.Status => _ofNames,
        SubjectKind.AgentVersion or SubjectKind.RegisteredAt or SubjectKind.RunningTasksCount => _ofOrdered,
        _ => _all,
    };

    /// <summary>What a value ought to be that is not, or <see langword="null"/>.</summary>
    public static string? ExpectationOf(SubjectKind? subject, string value) => subject switch
    {
        SubjectKind.AgentConnected when value is not ("true" or "false") => "true or false",
        SubjectKind.AgentVersion when Keys.OfVersion(value) is null => "a version: one to four numbers with dots between, as in 1.14.5",
        SubjectKind.RegisteredAt when Keys.OfTime(value) is null => "a time: 2018-06-18T22:28:28Z, with +00:00 for Z or nothing, or 2018-06-18",
        SubjectKind.RunningTasksCount when Keys.OfCount(value) is null => "a whole number",
        SubjectKind.Status when value is not ("ACTIVE" or "DRAINING" or "LOST") => "ACTIVE, DRAINING or LOST",
        _ => null,
    };
}
