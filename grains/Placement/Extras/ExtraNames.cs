namespace OrleansCluster.Placement.Extras;

/// <summary>How much a node may offer of GPUs and named amounts, and how those are called.</summary>
public static class ExtraNames
{
    /// <summary>Kinds of amounts on one node, and in one task.</summary>
    public const int MostAmounts = 32;

    /// <summary>Of one amount.</summary>
    public const int LargestAmount = 1_000_000;

    private const int LongestName = 63;

    public const string AmountExpectation = "lower-case letters, digits and hyphens, beginning with a letter, 1 to 63 characters";

    public const string DeviceExpectation = "letters, digits and -_./, 1 to 63 characters";

    public const string ModelExpectation = "letters, digits, spaces inside and -_.:/+(), 1 to 63 characters";

    public static bool IsAmount(string? text) =>
        IsShort(text) && char.IsAsciiLetterLower(text![0]) && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    public static bool IsDevice(string? text) => IsShort(text) && text!.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '/');

    public static bool IsModel(string? text) =>
        IsShort(text) && text!.Trim() == text && text.All(c => char.IsAsciiLetterOrDigit(c) || c is ' ' or '-' or '_' or '.' or ':' or '/' or '+' or '(' or ')');

    private static bool IsShort(string? text) => text is { Length: >= 1 and <= LongestName };
}
