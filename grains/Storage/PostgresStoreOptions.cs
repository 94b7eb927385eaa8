using Npgsql;

namespace OrleansCluster.Grains.Storage;

public sealed record PostgresStoreOptions
{
    /// <summary>As Npgsql reads it; Host and Database are needed. Pooling is the store's own.</summary>
    public required string ConnectionString { get; init; }

    /// <summary>
    /// Whether opening the store brings an older schema up to date. If not, it refuses to open on one. One of several silos that start at once does it.
    /// </summary>
    public bool MigratesSchema { get; init; }

    /// <summary>
    /// Whether to refuse a database that another process has open, and it this one's. Needed where the engine knows of one process only: two of them
    /// would take every grain for their own.
    /// </summary>
    public bool IsExclusive { get; init; }

    /// <summary>How long an answer of the server may take before the connection counts as lost. 1 s to 10 min.</summary>
    public TimeSpan CommandTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How often to look for events of other silos while somebody waits for some. 10 ms to 10 s.</summary>
    public TimeSpan EventPolling { get; init; } = TimeSpan.FromMilliseconds(250);

    public StoreLimits Limits { get; init; } = new() { Readers = 8 };

    /// <summary>Where it is, without any secret.</summary>
    internal string Description
    {
        get
        {
            var parts = new NpgsqlConnectionStringBuilder(ConnectionString);
            return $"PostgreSQL database {parts.Database} on {parts.Host}";
        }
    }

    public void Validate()
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(ConnectionString);
        var parts = new NpgsqlConnectionStringBuilder(ConnectionString);
        if (string.IsNullOrWhiteSpace(parts.Host) || string.IsNullOrWhiteSpace(parts.Database))
            throw new ArgumentException("The connection string of the PostgreSQL store has to name Host and Database.");
        ArgumentOutOfRangeException.ThrowIfLessThan(CommandTimeout, TimeSpan.FromSeconds(1));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(CommandTimeout, TimeSpan.FromMinutes(10));
        ArgumentOutOfRangeException.ThrowIfLessThan(EventPolling, TimeSpan.FromMilliseconds(10));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(EventPolling, TimeSpan.FromSeconds(10));
        Limits.Validate();
    }

    /// <param name="settings">Of the server, for this connection: as its option -c takes them.</param>
    internal string ConnectionTo(string name, string settings)
    {
        var parts = new NpgsqlConnectionStringBuilder(ConnectionString)
        {
            // The store keeps its connections itself.
            Pooling = false,
            Enlist = false,
            CommandTimeout = (int)Math.Ceiling(CommandTimeout.TotalSeconds),

            // The store's statements are few, and each runs thousands of times.
            MaxAutoPrepare = 64,
            AutoPrepareMinUsages = 2,
        };
        parts.ApplicationName = parts.ApplicationName is { Length: > 0 } own ? $"{own}/{name}" : name;
        parts.Options = $"{parts.Options} {settings}".Trim();
        return parts.ToString();
    }
}
