using System.Globalization;

namespace OrleansCluster;

/// <summary>
/// Spells ids of offers, which are those of their claims: <c>framework.~incarnation.number</c>. No task's id looks like one.
/// </summary>
public static class OfferId
{
    /// <summary>What stands for a definition in the claim of an offer.</summary>
    public const string Definition = "offer";

    /// <summary>The same where work of a higher band may have it.</summary>
    public const string ContestableDefinition = "contestable-offer";

    /// <param name="incarnation">Of who offers it.</param>
    public static string Of(string framework, string incarnation, long number) => string.Create(CultureInfo.InvariantCulture, $"{framework}.~{incarnation}.{number}");

    public static bool Is(string taskId) => taskId.IndexOf('.') is >= 0 and var dot && dot + 1 < taskId.Length && taskId[dot + 1] == '~';

    public static string FrameworkOf(string offerId) => TaskId.JobOf(offerId);

    /// <summary>Whether it was offered by that incarnation.</summary>
    public static bool IsOf(string offerId, string incarnation) => offerId.Split('.') is [_, var middle, _] && middle == $"~{incarnation}";
}
