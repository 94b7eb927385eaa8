using System.Globalization;

namespace OrleansCluster.Silo.Api.Endpoints;

/// <summary>Reads <c>family:revision</c> back.</summary>
internal static class DefinitionName
{
    public static (string Family, int? Revision) Split(string name)
    {
        var colon = name.LastIndexOf(':');
        return colon < 0 ? (name, null) : (name[..colon], int.Parse(name.AsSpan(colon + 1), CultureInfo.InvariantCulture));
    }
}
