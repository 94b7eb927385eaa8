using Microsoft.Data.Sqlite;
using OrleansCluster.Grains.Storage.Sqlite;

namespace OrleansCluster.Tests.Store;

/// <summary>A file that an earlier program wrote.</summary>
public sealed class SqliteMigrationTests : IDisposable
{
    private readonly TestDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Open_FileWithoutGroups_GivesEachClaimThatOfItsFamily()
    {
        Execute(
            SqliteSchema.Migrations[0],
            "CREATE TABLE schema_version (version INTEGER NOT NULL); INSERT INTO schema_version VALUES (1);",
            """INSERT INTO node VALUES ('default', 'n1', 7, 'ACTIVE', 1000, 1000, 1000, 1, 1, 0, '{"zone":"a"}', 'simulated');""",
            "INSERT INTO claim VALUES ('default', 'j.a.0#1', 'n1', 'j.a.0', 1, 1, 1, 0, '[]', 'web:12', 'default', 'batch/1');");

        using var house = new SqliteHouse(_directory.Database);
        var rows = await house.Store.ReadCluster("default", default);

        Assert.Equal("family:web", rows.Claims.Single().Claim.Group);
        Assert.Equal((default, "", "a"), (rows.Nodes.Single().RegisteredAt, rows.Nodes.Single().AgentVersion, rows.Nodes.Single().Attributes["zone"]));
    }

    private void Execute(params string[] scripts)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_directory.Database)!);
        using var connection = new SqliteConnection($"Data Source={_directory.Database};Pooling=False");
        connection.Open();
        foreach (var script in scripts)
        {
            using var command = connection.CreateCommand();
            command.CommandText = script;
            command.ExecuteNonQuery();
        }
    }
}
