using OrleansCluster.Placement.Constraints.Syntax;

namespace OrleansCluster.Placement.Constraints.Evaluation;

internal static class Subjects
{
    /// <summary>What a condition asks about, as often as it does.</summary>
    public static IEnumerable<SubjectKind> Of(Condition condition) => condition switch
    {
        AndCondition and => Of(and.Left).Concat(Of(and.Right)),
        OrCondition or => Of(or.Left).Concat(Of(or.Right)),
        NotCondition not => Of(not.Inner),
        Comparison comparison => [comparison.Subject.Kind],
        _ => throw new InvalidOperationException($"{condition.GetType().Name} asks about nothing known."),
    };
}
