namespace OrleansCluster.Placement.Constraints;

/// <summary>What attributes of nodes may be called and may say, as in ECS.</summary>
public static class NodeAttributes
{
    public const string NameExpectation = @"letters, digits and -._/\, 1 to 128 characters";
    public const string ValueExpectation = @"letters, digits, blanks within and -._/\:@, 1 to 128 characters";

    public static bool IsName(string text) =>
        text.Length is >= 1 and <= ConstraintLimits.AttributeNameLength && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_' or '/' or '\\');

    public static bool IsValue(string text) =>
        text.Length is >= 1 and <= ConstraintLimits.AttributeValueLength && text == text.Trim()
        && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_' or '/' or '\\' or ':' or '@' or ' ');
}
