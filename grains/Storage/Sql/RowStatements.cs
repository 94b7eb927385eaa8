using System.Text.RegularExpressions;

namespace OrleansCluster.Grains.Storage.Sql;

internal static partial class RowStatements
{
    /// <summary>The SQL of an insert that leaves a row that is there already alone: executing it then answers 0.</summary>
    public static string Insert(string table, string columns) =>
        $"INSERT INTO {table} ({columns}) VALUES ({ColumnName().Replace(columns, "@$0")}) ON CONFLICT DO NOTHING";

    [GeneratedRegex(@"\w+")]
    private static partial Regex ColumnName();
}
