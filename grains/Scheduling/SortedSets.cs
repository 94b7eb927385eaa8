namespace OrleansCluster.Grains.Scheduling;

internal static class SortedSets
{
    /// <summary>What several sets hold, in their common order; only as far as it is asked for.</summary>
    public static IEnumerable<T> Merge<T>(IEnumerable<SortedSet<T>> sets, IComparer<T> order)
    {
        var heads = new PriorityQueue<IEnumerator<T>, T>(order);
        try
        {
            foreach (var set in sets)
                Add(set.GetEnumerator());
            while (heads.TryDequeue(out var head, out var item))
            {
                yield return item;
                Add(head);
            }
        }
        finally
        {
            foreach (var (head, _) in heads.UnorderedItems)
                head.Dispose();
        }

        void Add(IEnumerator<T> head)
        {
            if (head.MoveNext())
                heads.Enqueue(head, head.Current);
            else
                head.Dispose();
        }
    }
}
