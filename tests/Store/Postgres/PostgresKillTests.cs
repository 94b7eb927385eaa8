namespace OrleansCluster.Tests.Store.Postgres;

public sealed class PostgresKillTests : KillContract
{
    private readonly PostgresSchema _schema = new();
    private readonly string _name = $"kill-{Guid.NewGuid():N}";

    private protected override int Rounds => 8;

    private protected override string Address => $"{_schema.ConnectionString};Application Name={_name}";

    public override void Dispose() => _schema.Dispose();

    /// <summary>What the killed process had sent is still being written for a moment.</summary>
    private protected override async Task<StoreHouse> OpenAfterKill()
    {
        await Eventually.True(
            () => _schema.Scalar($"SELECT count(*) FROM pg_stat_activity WHERE application_name LIKE '{_name}%'") is 0L,
            "no connection of the killed process is left");
        return new PostgresHouse(_schema);
    }
}
