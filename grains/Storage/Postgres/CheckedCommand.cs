using Npgsql;

namespace OrleansCluster.Grains.Storage.Postgres;

/// <param name="Rows">How many rows it has to find or write.</param>
internal sealed record CheckedCommand(NpgsqlBatchCommand Command, int Rows)
{
    public bool IsTrue => Command.Rows == (ulong)Rows;
}
