using System.Globalization;

namespace OrleansCluster;

/// <summary>
/// Spells ids of offers, which are those of their claims: <c>framework.~incarnation.number</c>, and of what a framework has claimed by itself without tasks: <c>framework.~~transaction.number</c>. No
/// task's id looks like one.
/// </summary>
public static class OfferId
{
    /// <summary>What stands for a definition in the claim of an offer.</summary>
    public const string Definition = "offer";

    /// <summary>The same where work of a higher band may have it.</summary>
    public const string ContestableDefinition = "contestable-offer";

    /// <summary>And of what ends by itself: what it begins with, before the second of Unix time.</summary>
    private const string Until = "-until-";

    /// <param name="incarnation">Of who offers it.</param>
    public static string Of(string framework, string incarnation, long number) => string.Create(CultureInfo.InvariantCulture, $"{framework}.~{incarnation}.{number}");

    /// <param name="transaction">Letters and digits that stand for the transaction by which it was claimed.</param>
    public static string OfClaim(string framework, string transaction, int number) => Of(framework, $"~{transaction}", number);

    public static bool Is(string taskId) => taskId.IndexOf('.') is >= 0 and var dot && dot + 1 < taskId.Length && taskId[dot + 1] == '~';

    /// <summary>Whether its framework has claimed it by itself.</summary>
    public static bool IsClaim(string taskId) => Is(taskId) && taskId.IndexOf('.') is var dot && dot + 2 < taskId.Length && taskId[dot + 2] == '~';

    public static string FrameworkOf(string offerId) => TaskId.JobOf(offerId);

    /// <param name="until">When it ends by itself, to the second; <see langword="null"/> for what is kept in the books of who has offered it.</param>
    public static string DefinitionOf(bool isContestable, DateTimeOffset? until = null) =>
        (isContestable ? ContestableDefinition : Definition) + (until is { } end ? string.Create(CultureInfo.InvariantCulture, $"{Until}{end.ToUnixTimeSeconds()}") : "");

    public static bool IsContestable(string definition) => definition.StartsWith(ContestableDefinition, StringComparison.Ordinal);

    /// <summary>When it ends by itself; <see langword="null"/> where nothing is said.</summary>
    public static DateTimeOffset? UntilOf(string definition) =>
        definition.LastIndexOf(Until, StringComparison.Ordinal) is >= 0 and var at && long.TryParse(definition[(at + Until.Length)..], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;
}
