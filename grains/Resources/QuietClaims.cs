using System.Collections.Immutable;

namespace OrleansCluster.Grains.ResourceManagement;

/// <summary>Claims of one node that its agent has said nothing of yet. Their tasks do not know that they are placed.</summary>
internal sealed class QuietClaims
{
    private readonly Dictionary<(string TaskId, int Attempt), bool> _isDue = [];
    private HashSet<(string TaskId, int Attempt)> _known = [];

    /// <summary>Whether some have not been there for a whole period yet.</summary>
    public bool HasNew => _isDue.ContainsValue(false);

    /// <summary>All claims that there are now; answers whether there are new ones.</summary>
    public bool Take(ImmutableArray<Claim> claims)
    {
        var isNew = false;
        var known = new HashSet<(string, int)>(claims.Length);
        foreach (var claim in claims)
        {
            known.Add((claim.TaskId, claim.Attempt));
            isNew |= !_known.Contains((claim.TaskId, claim.Attempt)) && _isDue.TryAdd((claim.TaskId, claim.Attempt), false);
        }

        foreach (var gone in _known.Where(claim => !known.Contains(claim)))
            _isDue.Remove(gone);
        _known = known;
        return isNew;
    }

    public void Heard(ImmutableArray<TaskObservation> observations)
    {
        foreach (var observation in observations)
            _isDue.Remove((observation.TaskId, observation.Attempt));
    }

    /// <summary>Once a period: those that were quiet at the last call already. They are not answered again.</summary>
    public ImmutableArray<(string TaskId, int Attempt)> TakeDue()
    {
        ImmutableArray<(string TaskId, int Attempt)> due = [.. _isDue.Where(claim => claim.Value).Select(claim => claim.Key)];
        foreach (var claim in due)
            _isDue.Remove(claim);
        foreach (var claim in _isDue.Keys.ToList())
            _isDue[claim] = true;
        return due;
    }
}
