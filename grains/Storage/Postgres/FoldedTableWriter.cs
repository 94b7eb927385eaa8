using System.Collections.Immutable;
using Npgsql;
using OrleansCluster.Grains.Storage.Sql.Folding;

namespace OrleansCluster.Grains.Storage.Postgres;

/// <summary>The statements that write what a batch makes of one table. Each is a check as well: it has to find as many rows as it was given.</summary>
internal sealed class FoldedTableWriter<T>
    where T : class
{
    private readonly RowsStatement<FoldedRow<T>> _lock;
    private readonly RowsStatement<FoldedRow<T>> _absent;
    private readonly RowsStatement<FoldedRow<T>> _check;
    private readonly RowsStatement<FoldedRow<T>> _insert;
    private readonly RowsStatement<FoldedRow<T>> _update;
    private readonly RowsStatement<FoldedRow<T>> _delete;

    /// <param name="etag">An expression for the row's ETag; a constant where rows are never changed, only added and removed.</param>
    public FoldedTableWriter(string table, string first, string second, string etag, params ImmutableArray<Column<FoldedRow<T>>> values)
    {
        var firstKey = Column<FoldedRow<T>>.Text(first, row => row.First);
        var secondKey = Column<FoldedRow<T>>.Text(second, row => row.Second);
        var found = Column<FoldedRow<T>>.Bigint("found", row => row.Found);
        var all = $"{first}, {second}, {Names("", values)}";
        var matches = $"t.{first} = r.{first} AND t.{second} = r.{second}";
        _lock = new($"SELECT t.{first}, t.{second}, {etag} FROM {table} AS t JOIN {{rows}} ON {matches} ORDER BY 1, 2 FOR UPDATE OF t", firstKey, secondKey);
        _absent = new($"SELECT 1 FROM {table} AS t JOIN {{rows}} ON {matches}", firstKey, secondKey);

        // The lock keeps others from changing it before the transaction has ended.
        _check = new($"SELECT 1 FROM {table} AS t JOIN {{rows}} ON {matches} AND {etag} = r.found FOR SHARE OF t", firstKey, secondKey, found);
        _insert = new($"INSERT INTO {table} ({all}) SELECT {all} FROM {{rows}} ON CONFLICT DO NOTHING", [firstKey, secondKey, .. values]);
        _update = new(
            $"UPDATE {table} AS t SET ({Names("", values)}) = ROW ({Names("r.", values)}) FROM {{rows}} WHERE {matches} AND {etag} = r.found",
            [firstKey, secondKey, found, .. values]);
        _delete = new($"DELETE FROM {table} AS t USING {{rows}} WHERE {matches} AND {etag} = r.found", firstKey, secondKey, found);
    }

    /// <summary>Answers the keys' rows that there are with their ETags, and holds them until the transaction ends.</summary>
    public NpgsqlBatchCommand Lock(IEnumerable<(string First, string Second)> keys) =>
        _lock.For([.. keys.Distinct().Select(key => new FoldedRow<T>(key.First, key.Second, 0))]);

    public void Write(FoldedTable<T> table, List<CheckedCommand> into)
    {
        var touched = table.Touched();
        Add(_check, table.Checked());
        Add(_absent, touched.FindAll(row => row is { Found: 0, ETag: 0 }), expected: 0);
        Add(_update, touched.FindAll(row => row is { Found: > 0, ETag: > 0 }));
        Add(_delete, touched.FindAll(row => row is { Found: > 0, ETag: 0 }));
        Add(_insert, touched.FindAll(row => row is { Found: 0, ETag: > 0 }));

        void Add(RowsStatement<FoldedRow<T>> statement, List<FoldedRow<T>> rows, int? expected = null)
        {
            if (rows.Count > 0)
                into.Add(new CheckedCommand(statement.For(rows), expected ?? rows.Count));
        }
    }

    private static string Names(string prefix, ImmutableArray<Column<FoldedRow<T>>> columns) =>
        string.Join(", ", columns.Select(column => prefix + column.Name));
}
