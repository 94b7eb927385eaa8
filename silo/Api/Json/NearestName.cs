using System.Globalization;

namespace OrleansCluster.Silo.Api.Json;

/// <summary>Finds what somebody meant by a name that is not known.</summary>
internal static class NearestName
{
    private const int LongestCompared = 64;

    /// <summary>A clause for the end of a sentence: <c>did you mean "dependsOn"?</c>, or all that is known.</summary>
    public static string Hint(string name, IReadOnlyCollection<string> known)
    {
        var nearest = Find(name, known);
        return nearest is null ? $"known here: {string.Join(", ", known)}" : $"did you mean \"{nearest}\"?";
    }

    public static string? Find(string name, IEnumerable<string> known)
    {
        if (name.Length > LongestCompared)
            return null;
        var wanted = Plain(name);
        var farthest = Math.Max(1, wanted.Length / 3);
        return known
            .Select(candidate => (candidate, distance: Distance(wanted, Plain(candidate))))
            .Where(pair => pair.distance <= farthest)
            .OrderBy(pair => pair.distance)
            .Select(pair => pair.candidate)
            .FirstOrDefault();
    }

    // depends_on, depends-on and DependsOn are all dependsOn.
    private static string Plain(string name) =>
        name.Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal).ToLower(CultureInfo.InvariantCulture);

    /// <summary>Levenshtein's: insertions, deletions and replacements from one to the other.</summary>
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[b.Length];
    }
}
