using System.Data.Common;
using System.Text.RegularExpressions;

namespace OrleansCluster.Grains.Storage.Sql;

/// <summary>
/// A query that is made once and run for every row, because making one costs more than the row. Values come in the order in which
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
}
