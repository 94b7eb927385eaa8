using System.Data.Common;
using System.Globalization;

namespace OrleansCluster.Grains.Storage.Sql;

/// <summary>Brings a database to the schema that this program knows, one version after the other, all in one transaction.</summary>
internal static class Schema
{
    /// <exception cref="InvalidOperationException">The database was written by a newer program.</exception>
    public static int Migrate(IRowDialect dialect)
    {
        var known = dialect.Migrations.Length;
        using var connection = dialect.OpenWriter();
        using var transaction = dialect.BeginWrite(connection);
        Execute("CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL)");
        var found = Read();
        if (found > known)
        {
            throw new InvalidOperationException(
                $"{dialect.Description} has schema version {found}, and this program knows versions up to {known}: "
                + "run the program that wrote it or a newer one, or choose another database.");
        }

        if (found == known)
        {
            transaction.Rollback();
            return known;
        }

        foreach (var script in dialect.Migrations[found..])
            Execute(script);
        Execute("DELETE FROM schema_version");
        Execute($"INSERT INTO schema_version (version) VALUES ({known})");
        transaction.Commit();
        return known;

        int Read()
        {
            using var command = Command("SELECT max(version) FROM schema_version");
            return command.ExecuteScalar() is { } value and not DBNull ? Convert.ToInt32(value, CultureInfo.InvariantCulture) : 0;
        }

        void Execute(string sql)
        {
            using var command = Command(sql);
            command.ExecuteNonQuery();
        }

        DbCommand Command(string sql)
        {
            var command = connection.CreateCommand();
            (command.CommandText, command.Transaction) = (sql, transaction);
            return command;
        }
    }
}
