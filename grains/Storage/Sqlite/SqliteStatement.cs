using System.Text;
using Microsoft.Data.Sqlite;
using OrleansCluster.Grains.Storage.Sql;
using SQLitePCL;

namespace OrleansCluster.Grains.Storage.Sqlite;

/// <summary>
/// A statement of SQLite's own interface. ADO.NET looks up every parameter by its name and boxes every value at every execution, which costs as much as
/// SQLite's own work for the row.
/// </summary>
internal sealed class SqliteStatement : IRowStatement
{
    private static readonly byte[] _empty = [0];

    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;
    private readonly int _parameters;
    private byte[] _text = new byte[256];

    public SqliteStatement(SqliteConnection connection, string sql)
    {
        _database = connection.Handle ?? throw new InvalidOperationException("The connection is not open.");
        SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v3(_database, sql, raw.SQLITE_PREPARE_PERSISTENT, out _statement), _database);
        _parameters = raw.sqlite3_bind_parameter_count(_statement);
    }

    public int Execute(params ReadOnlySpan<RowValue> values)
    {
        try
        {
            Step(values);
            return raw.sqlite3_changes(_database);
        }
        finally
        {
            // Its error is that of the step, which has been thrown.
            raw.sqlite3_reset(_statement);
        }
    }

    public long? Scalar(params ReadOnlySpan<RowValue> values)
    {
        try
        {
            return Step(values) && raw.sqlite3_column_type(_statement, 0) != raw.SQLITE_NULL ? raw.sqlite3_column_int64(_statement, 0) : null;
        }
        finally
        {
            raw.sqlite3_reset(_statement);
        }
    }

    public void Dispose() => _statement.Dispose();

    /// <summary>Whether there is a row.</summary>
    private bool Step(ReadOnlySpan<RowValue> values)
    {
        if (values.Length != _parameters)
            throw new InvalidOperationException($"{values.Length} values for {_parameters} parameters of: {raw.sqlite3_sql(_statement).utf8_to_string()}");
        for (var i = 0; i < values.Length; i++)
            Check(Bind(i + 1, values[i]));
        var result = raw.sqlite3_step(_statement);
        if (result is not (raw.SQLITE_ROW or raw.SQLITE_DONE))
            Check(result);
        return result == raw.SQLITE_ROW;
    }

    private int Bind(int parameter, in RowValue value)
    {
        if (value.Text is not { } text)
            return raw.sqlite3_bind_int64(_statement, parameter, value.Number);
        return value.IsNull ? raw.sqlite3_bind_null(_statement, parameter) : BindText(parameter, text);
    }

    /// <summary>SQLite copies the text.</summary>
    private int BindText(int parameter, string text)
    {
        // An empty span has no address, which would make it NULL.
        if (text.Length == 0)
            return raw.sqlite3_bind_text(_statement, parameter, utf8z.FromSpan(_empty));
        var longest = Encoding.UTF8.GetMaxByteCount(text.Length);
        if (longest > _text.Length)
            _text = new byte[longest];
        return raw.sqlite3_bind_text(_statement, parameter, _text.AsSpan(0, Encoding.UTF8.GetBytes(text, _text)));
    }

    private void Check(int result) => SqliteException.ThrowExceptionForRC(result, _database);
}
