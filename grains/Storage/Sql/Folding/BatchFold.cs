namespace OrleansCluster.Grains.Storage.Sql.Folding;

/// <summary>
/// Adds units up to what they change together, so that a database behind a network is written to in a few statements, not in one for each row.
/// Inexact, it takes the units' word for what is stored: the row counts of the statements then tell whether all of it was true.
/// </summary>
internal sealed class BatchFold(bool isExact)
{
    public FoldedTable<NodeRow> Nodes { get; } = new(isExact);

    public FoldedTable<ClaimRow> Claims { get; } = new(isExact);

    public FoldedTable<StateWrite> States { get; } = new(isExact);

    public List<FoldedEvent> Events { get; } = [];

    /// <summary>Answers the first thing that does not match; the unit then leaves nothing.</summary>
    public string? Add(CommitUnit unit)
    {
        var conflict = Check(unit) ?? WriteNodes(unit) ?? RemoveClaims(unit) ?? AddClaims(unit) ?? WriteStates(unit);
        if (conflict is null)
        {
            Nodes.Keep();
            Claims.Keep();
            States.Keep();
            foreach (var draft in unit.Events)
                Events.Add(new FoldedEvent(unit.Cluster, draft));
        }
        else
        {
            Nodes.Undo();
            Claims.Undo();
            States.Undo();
        }

        return conflict;
    }

    private string? Check(CommitUnit unit)
    {
        foreach (var check in unit.Checks)
        {
            if (!States.Check(check.Kind, check.Key, check.ETag))
                return Conflicts.State(check.Kind, check.Key, check.ETag);
        }

        return null;
    }

    private string? WriteNodes(CommitUnit unit)
    {
        foreach (var write in unit.Nodes)
        {
            if (!Nodes.Write(unit.Cluster, write.Row.Node, write.ExpectedETag, write.Row.ETag, write.Row))
                return Conflicts.Node(write.Row.Node, write.ExpectedETag);
        }

        return null;
    }

    private string? RemoveClaims(CommitUnit unit)
    {
        foreach (var id in unit.ClaimsRemoved)
        {
            if (!Claims.Write(unit.Cluster, id, expected: 1, etag: 0, value: null))
                return Conflicts.ClaimMissing(id);
        }

        return null;
    }

    private string? AddClaims(CommitUnit unit)
    {
        foreach (var row in unit.ClaimsAdded)
        {
            if (!Claims.Write(unit.Cluster, row.Claim.Id, expected: 0, etag: 1, row))
                return Conflicts.ClaimExists(row.Claim.Id);
        }

        return null;
    }

    private string? WriteStates(CommitUnit unit)
    {
        foreach (var write in unit.States)
        {
            var deletes = write.Json is null;
            if (!States.Write(write.Kind, write.Key, write.ExpectedETag, deletes ? 0 : write.ExpectedETag + 1, deletes ? null : write))
                return Conflicts.State(write.Kind, write.Key, write.ExpectedETag);
        }

        return null;
    }
}
