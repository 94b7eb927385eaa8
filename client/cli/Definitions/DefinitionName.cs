using System.Globalization;
using OrleansCluster.Cli.Failures;

namespace OrleansCluster.Cli.Definitions;

/// <summary><c>family</c> or <c>family:revision</c>.</summary>
internal static class DefinitionName
{
    public static (string Family, int? Revision) Parse(string text)
    {
        var colon = text.LastIndexOf(':');
        if (colon < 0) return (text, null);
        if (int.TryParse(text[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var revision) && revision > 0)
            return (text[..colon], revision);
        throw CliException.Usage($"'{text}' names no revision; expected FAMILY or FAMILY:REVISION, such as web:3");
    }
}
