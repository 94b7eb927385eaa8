namespace OrleansCluster.Grains.Storage.Sql;

internal sealed class StateTable(Func<string, IRowStatement> prepare) : IDisposable
{
    private readonly IRowStatement _insert = prepare(RowStatements.Insert("grain_state", "kind, key, etag, cluster, parent, status, live, json"));

    // Without the columns that hardly ever change: each that is named costs an entry taken out and put back in every index that holds it.
    private readonly IRowStatement _update = prepare(
        """
        UPDATE grain_state SET etag = @etag, status = @status, live = @live, json = @json
        WHERE kind = @kind AND key = @key AND etag = @expected AND cluster = @cluster AND parent = @parent
        """);

    private readonly IRowStatement _move = prepare(
        """
        UPDATE grain_state SET etag = @etag, cluster = @cluster, parent = @parent, status = @status, live = @live, json = @json
        WHERE kind = @kind AND key = @key AND etag = @expected
        """);

    private readonly IRowStatement _delete = prepare(
        "DELETE FROM grain_state WHERE kind = @kind AND key = @key AND etag = @expected");

    private readonly IRowStatement _find = prepare(
        "SELECT etag FROM grain_state WHERE kind = @kind AND key = @key");

    public string? Write(string cluster, StateWrite write)
    {
        var (index, expected) = (write.Index, write.ExpectedETag);
        var live = index.IsLive ? 1 : 0;
        var matches = write.Json is null
            ? Delete(write)
            : expected == 0
                ? _insert.Execute(write.Kind, write.Key, 1L, index.Cluster, index.Parent, index.Status, live, write.Json) == 1
                : _update.Execute(
                    expected + 1, index.Status, live, write.Json, write.Kind, write.Key, expected, index.Cluster, index.Parent) == 1
                || _move.Execute(
                    expected + 1, index.Cluster, index.Parent, index.Status, live, write.Json, write.Kind, write.Key, expected) == 1;
        return matches ? null : Conflicts.State(write.Kind, write.Key, expected);
    }

    public string? Check(string cluster, StateCheck check) =>
        _find.Scalar(check.Kind, check.Key) == check.ETag ? null : Conflicts.State(check.Kind, check.Key, check.ETag);

    public void Dispose()
    {
        foreach (var statement in (ReadOnlySpan<IRowStatement>)[_insert, _update, _move, _delete, _find])
            statement.Dispose();
    }

    private bool Delete(StateWrite write) => write.ExpectedETag == 0
        ? _find.Scalar(write.Kind, write.Key) is null
        : _delete.Execute(write.Kind, write.Key, write.ExpectedETag) == 1;
}
