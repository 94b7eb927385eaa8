namespace OrleansCluster.Tests.Store;

public sealed class SqliteKillTests : KillContract
{
    private readonly TestDirectory _directory = new();

    private protected override int Rounds => 24;

    private protected override string Address => _directory.Database;

    public override void Dispose() => _directory.Dispose();

    private protected override Task<StoreHouse> OpenAfterKill() => Task.FromResult<StoreHouse>(new SqliteHouse(_directory.Database));
}
