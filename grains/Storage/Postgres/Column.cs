using Npgsql;

namespace OrleansCluster.Grains.Storage.Postgres;

/// <summary>A column of the rows that one statement takes: all its values travel as one array.</summary>
internal sealed record Column<T>(string Name, string Type, Func<List<T>, NpgsqlParameter> Values)
{
    public static Column<T> Text(string name, Func<T, string?> value) => Of(name, "text", value);

    public static Column<T> Integer(string name, Func<T, int> value) => Of(name, "integer", value);

    public static Column<T> Bigint(string name, Func<T, long> value) => Of(name, "bigint", value);

    private static Column<T> Of<TValue>(string name, string type, Func<T, TValue> value) => new(name, type, rows =>
    {
        var values = new TValue[rows.Count];
        for (var i = 0; i < values.Length; i++)
            values[i] = value(rows[i]);
        return new NpgsqlParameter<TValue[]> { TypedValue = values };
    });
}
