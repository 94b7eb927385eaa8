using System.Net;
using Npgsql;
using Orleans.Configuration;
using OrleansCluster.Client.Hosting.Tls;

namespace OrleansCluster.Client.Hosting;

/// <summary>
/// The table of members in a deployment's database, and what all who stand in it must set alike: our own silos, and those of services beside them.
/// </summary>
internal static class Membership
{
    private const string Npgsql = "Npgsql";

    /// <summary>Orleans's word for a silo that clients outside its process cannot call.</summary>
    private const int NoGateway = 0;

    /// <summary>Joins as a silo. Reminders belong to it: a reminder is any silo's, whose ever its grain is.</summary>
    public static void Join(ISiloBuilder silo, OrleansClusterSiloOptions options)
    {
        var connection = ConnectionTo(options.Postgres);
        var address = IPAddress.Parse(options.Address);
        silo.Configure<ClusterOptions>(Name);
        silo.ConfigureEndpoints(address, options.SiloPort ?? LocalPort.Free(address), options.GatewayPort ?? NoGateway);
        if (options.Tls is { } tls)
            MutualTls.Use(silo, TlsFiles.Read(tls, TlsPurpose.OfSilo));
        silo.UseAdoNetClustering(database => (database.Invariant, database.ConnectionString) = (Npgsql, connection));
        silo.UseAdoNetReminderService(database => (database.Invariant, database.ConnectionString) = (Npgsql, connection));
        silo.Configure<ClusterMembershipOptions>(Failover.Configure);
        silo.Configure<GrainDirectoryOptions>(Failover.Configure);
#pragma warning disable ORLEANSEXP003 // Experimental, and what keeps activations single while silos come and go.
        silo.AddDistributedGrainDirectory();
#pragma warning restore ORLEANSEXP003
    }

    /// <summary>Finds the silos as a client of them.</summary>
    public static void Find(IClientBuilder client, OrleansClusterOptions options)
    {
        var connection = ConnectionTo(options.Postgres);
        client.Configure<ClusterOptions>(Name);
        if (options.Tls is { } tls)
            MutualTls.Use(client, TlsFiles.Read(tls, TlsPurpose.OfClient));
        client.UseAdoNetClustering(database => (database.Invariant, database.ConnectionString) = (Npgsql, connection));
    }

    /// <summary>Orleans's providers keep times as UTC, whatever the server's zone.</summary>
    public static string ConnectionTo(string postgres)
    {
        var connection = new NpgsqlConnectionStringBuilder(postgres) { Timezone = "UTC", MaxPoolSize = 20, CommandTimeout = 10 };
        connection.ApplicationName = connection.ApplicationName is { Length: > 0 } own ? $"{own}/ocs-orleans" : "ocs-orleans";
        return connection.ToString();
    }

    private static void Name(ClusterOptions cluster) => (cluster.ClusterId, cluster.ServiceId) = (DeploymentIds.Cluster, DeploymentIds.Service);
}
