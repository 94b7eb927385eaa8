namespace OrleansCluster.Grains.Storage;

/// <summary>What every store checks before it takes a request, so that nothing malformed gets as far as its data.</summary>
internal static class EdgeChecks
{
    public static void Validate(this CommitUnit unit)
    {
        if (unit.Nodes.IsDefault || unit.ClaimsAdded.IsDefault || unit.ClaimsRemoved.IsDefault || unit.States.IsDefault || unit.Events.IsDefault)
            throw new ArgumentException("A unit's lists may be empty, not default.", nameof(unit));
    }

    public static void Validate(this StateQuery query)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Limit, StateQuery.LargestLimit);
    }
}
