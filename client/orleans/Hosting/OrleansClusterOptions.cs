using Npgsql;
using OrleansCluster.Client.Hosting.Tls;

namespace OrleansCluster.Client;

/// <summary>Where a deployment is found, beside what its callers set.</summary>
public class OrleansClusterOptions : ClusterGrainsOptions
{
    /// <summary>
    /// The PostgreSQL database that the deployment's silos share, as their option <c>--postgres</c> names it: <c>Host=…;Database=…;Username=…</c>.
    /// Its table of members says where they are. At most 20 connections are opened to it, and seldom more than one.
    /// </summary>
    public string Postgres { get; set; } = "";

    /// <summary>How the deployment's silos and this member know one another, where they do so by certificates; <see langword="null"/> where all of them are on loopback.</summary>
    public OrleansClusterTlsOptions? Tls { get; set; }

    /// <summary>What this member's certificate is shown for.</summary>
    private protected virtual IReadOnlyList<TlsPurpose> Purposes => TlsPurpose.OfClient;

    internal override IEnumerable<string> Faults()
    {
        foreach (var fault in base.Faults())
            yield return fault;
        if (PostgresFault() is { } wrong)
            yield return $"Postgres {wrong}; expected Host and Database, such as Host=/run/postgresql;Database=ocs;Username=ocs.";
        if (Tls is not { } tls)
            yield break;
        foreach (var fault in TlsFiles.Read(tls, Purposes, out _))
            yield return $"{nameof(Tls)}.{fault.Option}: {fault.Text}.";
    }

    private string? PostgresFault()
    {
        try
        {
            var parts = new NpgsqlConnectionStringBuilder(Postgres);
            return string.IsNullOrWhiteSpace(parts.Host) || string.IsNullOrWhiteSpace(parts.Database) ? "names no host or no database" : null;
        }
        catch (ArgumentException exception)
        {
            // Not the string itself: it may hold a password.
            return $"is no connection string ({exception.Message})";
        }
    }
}
