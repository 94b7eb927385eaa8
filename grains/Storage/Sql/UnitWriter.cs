using System.Collections.Immutable;

namespace OrleansCluster.Grains.Storage.Sql;

/// <summary>Writes one unit in the transaction under way. Every check is the row count of the write itself: nothing is read first.</summary>
internal sealed class UnitWriter : IDisposable
{
    private readonly NodeTable _nodes;
    private readonly ClaimTable _claims;
    private readonly StateTable _states;
    private readonly EventTable _events;

    public UnitWriter(Func<string, IRowStatement> prepare, EventTable events)
    {
        _nodes = new NodeTable(prepare);
        _claims = new ClaimTable(prepare);
        _states = new StateTable(prepare);
        _events = events;
    }

    /// <summary>Answers the first thing that did not match; what came before it is then written and has to be rolled back.</summary>
    public string? Write(CommitUnit unit) =>
        WriteAll(unit.Checks, unit.Cluster, _states.Check)
        ?? WriteAll(unit.Nodes, unit.Cluster, _nodes.Write)
        ?? WriteAll(unit.ClaimsRemoved, unit.Cluster, _claims.Remove)
        ?? WriteAll(unit.ClaimsAdded, unit.Cluster, _claims.Add)
        ?? WriteAll(unit.States, unit.Cluster, _states.Write)
        ?? WriteAll(unit.Events, unit.Cluster, _events.Append);

    public void Dispose()
    {
        _nodes.Dispose();
        _claims.Dispose();
        _states.Dispose();
    }

    private static string? WriteAll<T>(ImmutableArray<T> rows, string cluster, Func<string, T, string?> write)
    {
        foreach (var row in rows)
        {
            if (write(cluster, row) is { } conflict)
                return conflict;
        }

        return null;
    }
}
