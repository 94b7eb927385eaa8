using System.Collections.Immutable;

namespace OrleansCluster.Grains.Tasks.Validation;

/// <summary>Reads lists that came from JSON: the list may be missing, and so may any of its elements.</summary>
internal static class Items
{
    /// <summary>The elements that are there, at most <paramref name="limit"/>, without a word about the others.</summary>
    public static ImmutableArray<Item<T>> Of<T>(string path, ImmutableArray<T> list, int limit)
        where T : class
    {
        if (list.IsDefaultOrEmpty)
            return [];

        var items = ImmutableArray.CreateBuilder<Item<T>>();
        for (var i = 0; i < Math.Min(list.Length, limit); i++)
        {
            if (list[i] is { } value)
                items.Add(new Item<T>($"{path}/{i}", value));
        }

        return items.ToImmutable();
    }
}
