namespace OrleansCluster.Grains.Storage;

/// <summary>What every store checks before it takes a request, so that nothing malformed gets as far as its data.</summary>
internal static class EdgeChecks
{
    public static void Validate(this CommitUnit unit)
    {
        if (unit.Nodes.IsDefault || unit.ClaimsAdded.IsDefault || unit.ClaimsRemoved.IsDefault || unit.States.IsDefault || unit.Events.IsDefault || unit.Checks.IsDefault)
            throw new ArgumentException("A unit's lists may be empty, not default.", nameof(unit));
        foreach (var write in unit.Nodes)
            Storable(unit.Cluster, write.Row.Node, write.Row.Runtime, write.Row.AgentVersion);
        foreach (var (claim, takenBy) in unit.ClaimsAdded)
            Storable(unit.Cluster, claim.TaskId, claim.Node, claim.Definition, claim.Team, claim.Group, takenBy);
        foreach (var id in unit.ClaimsRemoved)
            Storable(id);
        foreach (var write in unit.States)
            Storable(write.Kind, write.Key, write.Index.Cluster, write.Index.Parent, write.Index.Status, write.Json ?? "");
        foreach (var draft in unit.Events)
            Storable(draft.Type, draft.Subject, draft.Job, draft.Json);
    }

    public static void Validate(this StateQuery query)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Limit, StateQuery.LargestLimit);
    }

    /// <summary>A database that refuses a text fails the whole transaction, and with it units that are none the worse for it.</summary>
    private static void Storable(params ReadOnlySpan<string> texts)
    {
        foreach (var text in texts)
        {
            if (text.Contains('\0') || (text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') >= 0 && !IsWellFormed(text)))
                throw new ArgumentException("A unit's text holds a NUL or half a surrogate pair: a database cannot store it.");
        }
    }

    private static bool IsWellFormed(string text)
    {
        for (var i = 0; i < text.Length; i += char.IsHighSurrogate(text[i]) ? 2 : 1)
        {
            if (char.IsSurrogate(text[i]) && !(i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1])))
                return false;
        }

        return true;
    }
}
