using System.Data.Common;
using System.Text.RegularExpressions;

namespace OrleansCluster.Grains.Storage.Sql;

/// <summary>
/// A command that is made once and executed for every row, because making one costs more than the row. Values come in the order in which
/// their names first appear in the SQL.
/// </summary>
internal sealed partial class Statement : IDisposable
{
    private readonly DbCommand _command;
    private readonly DbParameter[] _parameters;

    public Statement(DbConnection connection, string sql)
    {
        _command = connection.CreateCommand();
        _command.CommandText = sql;
        foreach (var name in ParameterName().Matches(sql).Select(match => match.Value).Distinct())
        {
            var parameter = _command.CreateParameter();
            parameter.ParameterName = name;
            _command.Parameters.Add(parameter);
        }

        _parameters = [.. _command.Parameters.Cast<DbParameter>()];
    }

    /// <summary>An insert that leaves a row that is there already alone: <see cref="Execute"/> then answers 0.</summary>
    public static Statement Insert(DbConnection connection, string table, string columns) =>
        new(connection, $"INSERT INTO {table} ({columns}) VALUES ({ColumnName().Replace(columns, "@$0")}) ON CONFLICT DO NOTHING");

    public void Use(DbTransaction? transaction) => _command.Transaction = transaction;

    /// <summary>Answers how many rows were written.</summary>
    public int Execute(params ReadOnlySpan<object> values)
    {
        Bind(values);
        return _command.ExecuteNonQuery();
    }

    /// <summary>The first column of the first row; <see langword="null"/> where there is none, or where it is NULL.</summary>
    public object? Scalar(params ReadOnlySpan<object> values)
    {
        Bind(values);
        return _command.ExecuteScalar() is { } value and not DBNull ? value : null;
    }

    public DbDataReader Read(params ReadOnlySpan<object> values)
    {
        Bind(values);
        return _command.ExecuteReader();
    }

    public void Dispose() => _command.Dispose();

    private void Bind(ReadOnlySpan<object> values)
    {
        if (values.Length != _parameters.Length)
            throw new InvalidOperationException($"{values.Length} values for {_parameters.Length} parameters of: {_command.CommandText}");
        for (var i = 0; i < values.Length; i++)
            _parameters[i].Value = values[i];
    }

    [GeneratedRegex(@"@\w+")]
    private static partial Regex ParameterName();

    [GeneratedRegex(@"\w+")]
    private static partial Regex ColumnName();
}
