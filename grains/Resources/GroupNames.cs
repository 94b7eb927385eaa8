using System.Runtime.InteropServices;

namespace OrleansCluster.Grains.ResourceManagement;

/// <summary>The names of the groups that have claims, each as one string: claims hold them by the hundred thousand, and a snapshot is sent with each of them once.</summary>
internal sealed class GroupNames
{
    private readonly Dictionary<string, (string Name, int Claims)> _names = new(StringComparer.Ordinal);

    /// <summary>The string that others have for it, where there are any.</summary>
    public string Of(string group) => _names.TryGetValue(group, out var known) ? known.Name : group;

    public void Add(string group)
    {
        ref var entry = ref CollectionsMarshal.GetValueRefOrAddDefault(_names, group, out var isKnown);
        entry = (isKnown ? entry.Name : group, entry.Claims + 1);
    }

    public void Remove(string group)
    {
        var (name, claims) = _names[group];
        if (claims == 1)
            _names.Remove(group);
        else
            _names[name] = (name, claims - 1);
    }
}
