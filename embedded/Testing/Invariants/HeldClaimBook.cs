using OrleansCluster.Testing.Kernel;

namespace OrleansCluster.Testing.Invariants;

/// <summary>What a framework has claimed without tasks, and neither uses nor gives back, stands for its time.</summary>
internal sealed class HeldClaimBook(World world, ClaimBook claims, FaultRates faults)
{
    /// <summary>Clocks begin a second fast or slow at most.</summary>
    private static readonly TimeSpan _begins = TimeSpan.FromSeconds(3);

    private readonly Dictionary<string, DateTimeOffset> _addedAt = new(StringComparer.Ordinal);
    private readonly HashSet<string> _kept = new(StringComparer.Ordinal);

    /// <summary>Its framework leaves it alone from now on.</summary>
    public void OnKept(IEnumerable<string> ids) => _kept.UnionWith(ids);

    /// <summary>A framework is to be removed, with all that is its own.</summary>
    public void OnLeft(string framework) => _kept.RemoveWhere(id => OfferId.FrameworkOf(id) == framework);

    public void OnAdded(Claim claim)
    {
        if (OfferId.IsClaim(claim.TaskId))
            _addedAt[claim.TaskId] = world.Time.GetUtcNow();
    }

    public void OnRemoved(Claim claim)
    {
        if (!_addedAt.Remove(claim.TaskId, out var at) || !_kept.Contains(claim.TaskId) || OfferId.IsContestable(claim.Definition) || claims.WasAwayAt(claim.Node) >= at)
            return;
        var now = world.Time.GetUtcNow();
        if (OfferId.UntilOf(claim.Definition) is not { } until)
            world.Violate($"claim {claim.Id} of a framework does not say until when it stands");
        else if (until - _begins - (2 * faults.ClockDrift * world.Time.Elapsed) > now)
            world.Violate($"claim {claim.Id} of a framework is gone at {now:T}, was to stand until {until:T}, and nobody has given it back");
    }
}
