namespace OrleansCluster.Placement.Constraints;

/// <summary>Why a text is no constraint expression.</summary>
/// <param name="Column">Where in the text, in UTF-16 code units from 1; one past the end where something is missing there.</param>
/// <param name="Found">What stands there, in words: <c>'='</c>, <c>end of text</c>.</param>
/// <param name="Expected">What may stand there: <c>a value</c>.</param>
public sealed record ConstraintFault(int Column, string Found, string Expected)
{
    /// <summary>As users read it: <c>constraint, column 11: '=' found; expected one of ==, !=</c>.</summary>
    public override string ToString() => $"constraint, column {Column}: {Found} found; expected {Expected}";
}
