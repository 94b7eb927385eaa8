namespace OrleansCluster.Benchmarks.Commit;

/// <param name="Store"><c>sqlite</c> or <c>postgres</c>.</param>
/// <param name="Claims">Of all schedulers together, a round.</param>
internal sealed record CommitSettings(int Schedulers, int Batch, string Store, int Claims, int Rounds)
{
    public const int Nodes = 1000;

    /// <summary>Claims of a transaction that go to the same node, as best fit has it.</summary>
    public const int ClaimsOnNode = 8;

    public string? Fault
    {
        get
        {
            if (Schedulers is < 1 or > 64)
                return "--schedulers takes 1 to 64";
            if (Batch is < 1 or > 10_000)
                return "--batch takes 1 to 10000";
            if (Store is not ("sqlite" or "postgres"))
                return "--store takes sqlite or postgres";
            if (Claims < 1 || Claims > 10_000_000)
                return "--claims takes 1 to 10000000";
            if (Store == "postgres" && string.IsNullOrEmpty(ConnectionString))
                return "--store postgres: the environment variable OCS_POSTGRES has to name a server, as Npgsql reads it";
            return Rounds is < 1 or > 1000 ? "--rounds takes 1 to 1000" : null;
        }
    }

    public static string ConnectionString => Environment.GetEnvironmentVariable("OCS_POSTGRES") ?? "";

    /// <summary>Transactions of one scheduler in a round.</summary>
    public int Transactions => Math.Max(1, Claims / Schedulers / Batch);

    public int AllClaims => Transactions * Schedulers * Batch;
}
