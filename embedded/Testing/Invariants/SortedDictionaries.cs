namespace OrleansCluster.Testing.Invariants;

internal static class SortedDictionaries
{
    /// <summary>In the order of the keys' bytes, so that two of them are compared entry by entry.</summary>
    public static SortedDictionary<string, TValue> ToSortedDictionary<T, TValue>(this IEnumerable<T> source, Func<T, string> keyOf, Func<T, TValue> valueOf)
    {
        var sorted = new SortedDictionary<string, TValue>(StringComparer.Ordinal);
        foreach (var item in source)
            sorted.Add(keyOf(item), valueOf(item));
        return sorted;
    }
}
