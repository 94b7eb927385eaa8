namespace OrleansCluster.Grains.Tasks.Validation;

/// <summary>Guesses what was meant by a name that does not exist.</summary>
internal static class NearestName
{
    private const int FarthestDistance = 2;

    /// <summary>A half sentence to append, or nothing where no name is near: at most two letters inserted, left out or changed.</summary>
    public static string Hint(string name, IEnumerable<string> known)
    {
        // A name of two letters is two changes away from any other.
        var farthest = Math.Min(FarthestDistance, name.Length / 2);
        var (best, bestDistance) = ("", farthest + 1);
        foreach (var candidate in known)
        {
            var distance = Distance(name, candidate, bestDistance);
            if (distance < bestDistance)
                (best, bestDistance) = (candidate, distance);
        }

        return best.Length == 0 ? "" : $"; did you mean {Quoted.Of(best)}?";
    }

    /// <summary>The edit distance of Levenshtein, or some number not below <paramref name="limit"/> once it is clear that it is that far.</summary>
    private static int Distance(string a, string b, int limit)
    {
        if (Math.Abs(a.Length - b.Length) >= limit)
            return limit;

        var row = new int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++)
            row[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            var smallest = row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
                smallest = Math.Min(smallest, row[j]);
            }

            if (smallest >= limit)
                return limit;
        }

        return row[b.Length];
    }
}
