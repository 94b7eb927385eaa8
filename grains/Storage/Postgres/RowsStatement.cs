using System.Collections.Immutable;
using System.Globalization;
using Npgsql;

namespace OrleansCluster.Grains.Storage.Postgres;

/// <summary>A statement over any number of rows, its text always the same, so that the server plans it once.</summary>
internal sealed class RowsStatement<T>
{
    private readonly ImmutableArray<Column<T>> _columns;
    private readonly string _sql;

    /// <param name="sql">Says {rows} where the rows stand: as a table with the names of the columns.</param>
    public RowsStatement(string sql, params ImmutableArray<Column<T>> columns)
    {
        _columns = columns;
        var arrays = columns.Select((column, i) => string.Create(CultureInfo.InvariantCulture, $"${i + 1}::{column.Type}[]"));
        _sql = sql.Replace("{rows}", $"unnest({string.Join(", ", arrays)}) AS r ({string.Join(", ", columns.Select(column => column.Name))})", StringComparison.Ordinal);
    }

    public NpgsqlBatchCommand For(List<T> rows)
    {
        var command = new NpgsqlBatchCommand(_sql);
        foreach (var column in _columns)
            command.Parameters.Add(column.Values(rows));
        return command;
    }
}
