using Npgsql;

namespace OrleansCluster.Grains.Storage.Postgres;

/// <summary>
/// Keeps a silo that works alone off a database that others use, and others off its own: a lock of the server's that lasts as long as its
/// connection. After an outage of the server it is gone; two that meet then still cannot both win, because every write checks ETags.
/// </summary>
internal sealed class DatabaseOccupation : IDisposable
{
    /// <summary>A server notices only after a moment that a silo has ended, or was killed, and drops its lock.</summary>
    private const string Patience = "3s";

    private readonly NpgsqlConnection _connection;

    private DatabaseOccupation(NpgsqlConnection connection) => _connection = connection;

    /// <exception cref="InvalidOperationException">Another silo uses the database.</exception>
    public static DatabaseOccupation Take(NpgsqlConnection connection, PostgresStoreOptions options)
    {
        try
        {
            var kind = options.IsExclusive ? "" : "_shared";
            using var command = new NpgsqlCommand(
                $"SET lock_timeout = '{Patience}'; SELECT pg_advisory_lock{kind}({AdvisoryLocks.Occupation}, {AdvisoryLocks.OfThisSchema})", connection);
            command.ExecuteNonQuery();
            return new DatabaseOccupation(connection);
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            connection.Dispose();
            throw new InvalidOperationException(
                $"{options.Description} is in use by another silo: stop it, or choose another database. "
                + "Several silos share a database where all of them were built with Engine=Orleans.",
                exception);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public void Dispose() => _connection.Dispose();
}
