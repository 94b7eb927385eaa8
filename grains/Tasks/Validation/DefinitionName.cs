using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace OrleansCluster.Grains.Tasks.Validation;

/// <summary>A task definition as users name it.</summary>
/// <param name="Revision"><see langword="null"/> for the newest.</param>
internal sealed record DefinitionName(string Family, int? Revision)
{
    /// <summary>Reads <c>family</c> or <c>family:revision</c>.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out DefinitionName? name)
    {
        name = null;
        if (text is null)
            return false;

        var colon = text.IndexOf(':');
        if (colon < 0)
            return TryMake(text, null, out name);

        // Neither signs nor blanks nor leading zeros: one definition has one spelling.
        var digits = text.AsSpan(colon + 1);
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var revision)
            && revision >= 1
            && digits[0] != '0'
            && TryMake(text[..colon], revision, out name);
    }

    private static bool TryMake(string family, int? revision, [NotNullWhen(true)] out DefinitionName? name)
    {
        name = NameRule.IsFamily(family) ? new DefinitionName(family, revision) : null;
        return name is not null;
    }
}
