namespace OrleansCluster.Grains.Tasks.Validation;

/// <summary>
/// How things are named: lower-case letters, digits and hyphens, and a letter first. No dots, because task ids join names by dots; a
/// letter first, so that no name looks like a number.
/// </summary>
internal static class NameRule
{
    public const string Expectation = "expected lower-case letters, digits and hyphens, beginning with a letter, 1 to 63 characters";
    public const string FamilyExpectation = "expected lower-case letters, digits and hyphens, beginning with a letter, 1 to 128 characters";
    public const string JobIdExpectation = FamilyExpectation;

    /// <summary>A team of this name could not be shown.</summary>
    public const string NoTeam = "usage";

    public static bool IsName(string? text) => IsWellFormed(text, SpecLimits.NameLength);

    public static bool IsFamily(string? text) => IsWellFormed(text, SpecLimits.FamilyLength);

    public static bool IsJobId(string? text) => IsWellFormed(text, SpecLimits.JobIdLength);

    private static bool IsWellFormed(string? text, int longest) =>
        text is { Length: > 0 } && text.Length <= longest && char.IsAsciiLetterLower(text[0]) && text.All(IsAllowed);

    private static bool IsAllowed(char c) => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-';
}
