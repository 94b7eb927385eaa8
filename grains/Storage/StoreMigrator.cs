using System.Globalization;
using Npgsql;
using OrleansCluster.Grains.Storage.Postgres;

namespace OrleansCluster.Grains.Storage;

/// <summary>Brings a PostgreSQL database to the schema that this program knows, with the files of infra/postgres.</summary>
public static class StoreMigrator
{
    public static int KnownVersion => StoreMigration.All.Length;

    /// <summary>Applies what is missing, in one transaction; of several processes that do so at once, one does and the others wait.</summary>
    /// <returns>The version that the schema now has.</returns>
    /// <exception cref="InvalidOperationException">The schema is of a newer program.</exception>
    /// <exception cref="NpgsqlException">The database cannot be reached or refuses.</exception>
    public static int Migrate(PostgresStoreOptions options)
    {
        using var connection = Open(options);
        using var transaction = connection.BeginTransaction();
        Execute(connection, $"SELECT pg_advisory_xact_lock({AdvisoryLocks.Migration}, {AdvisoryLocks.OfThisSchema})");
        var found = Read(connection);
        RefuseNewer(options, found);
        foreach (var migration in StoreMigration.All.Where(migration => migration.Version > found))
        {
            Execute(connection, migration.Sql);
            if (Read(connection) != migration.Version)
                throw new InvalidOperationException($"infra/postgres/{migration.Name} does not record its version.");
        }

        transaction.Commit();
        return KnownVersion;
    }

    /// <summary>Changes nothing, and answers the schema's version when it is the one that this program knows.</summary>
    /// <exception cref="InvalidOperationException">It is another one; the message says how to migrate.</exception>
    /// <exception cref="NpgsqlException">The database cannot be reached or refuses.</exception>
    public static int Check(PostgresStoreOptions options)
    {
        using var connection = Open(options);
        var found = Read(connection);
        RefuseNewer(options, found);
        return found == KnownVersion
            ? found
            : throw new InvalidOperationException(
                $"{options.Description} has schema version {found}, and this program needs version {KnownVersion}. Migrate it: start a silo with "
                + $"--migrate true, or apply {string.Join(", ", Missing(found))} of infra/postgres in this order "
                + "with psql --single-transaction -v ON_ERROR_STOP=1 -f FILE.");
    }

    private static IEnumerable<string> Missing(int found) =>
        StoreMigration.All.Where(migration => migration.Version > found).Select(migration => migration.Name);

    private static void RefuseNewer(PostgresStoreOptions options, int found)
    {
        if (found > KnownVersion)
        {
            throw new InvalidOperationException(
                $"{options.Description} has schema version {found}, and this program knows versions up to {KnownVersion}: "
                + "run the program that migrated it or a newer one, or choose another database.");
        }
    }

    private static NpgsqlConnection Open(PostgresStoreOptions options)
    {
        var connection = new NpgsqlConnection(options.ConnectionTo("ocs-store-migrator", ""));
        try
        {
            connection.Open();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static int Read(NpgsqlConnection connection)
    {
        using var exists = new NpgsqlCommand("SELECT to_regclass('schema_version') IS NOT NULL", connection);
        if (exists.ExecuteScalar() is not true)
            return 0;
        using var newest = new NpgsqlCommand("SELECT coalesce(max(version), 0) FROM schema_version", connection);
        return Convert.ToInt32(newest.ExecuteScalar(), CultureInfo.InvariantCulture);
    }

    // However long it takes: a large table may have to be written anew, or another silo be waited for.
    private static void Execute(NpgsqlConnection connection, string sql)
    {
        using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        command.ExecuteNonQuery();
    }
}
