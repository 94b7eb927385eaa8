namespace OrleansCluster.Placement.Constraints;

/// <summary>How large an expression may be. Characters are UTF-16 code units, as <see cref="string.Length"/> counts them.</summary>
public static class ConstraintLimits
{
    /// <summary>Characters of an expression, as in ECS.</summary>
    public const int Length = 2_000;

    /// <summary>Parentheses and negations within one another.</summary>
    public const int Depth = 50;

    /// <summary>Values of one list.</summary>
    public const int ListLength = 100;

    /// <summary>Characters of an attribute's name, as in ECS.</summary>
    public const int AttributeNameLength = 128;

    /// <summary>Characters of what an attribute of a node says, as in ECS.</summary>
    public const int AttributeValueLength = 128;

    /// <summary>
    /// Characters of a pattern, as it is written and as it would be with its counted repeats written out. It bounds the states that a match
    /// can be in, and so the time for each character of a node's value.
    /// </summary>
    public const int PatternLength = 256;

    /// <summary>Faults told at once.</summary>
    public const int Faults = 20;
}
