using OrleansCluster.Grains.ResourceManagement;
using OrleansCluster.Grains.Runtime;
using OrleansCluster.Grains.Scheduling;
using OrleansCluster.Grains.Storage;
using OrleansCluster.Silo.Api;
using OrleansCluster.Silo.Api.Mesos;
using OrleansCluster.Silo.Checkpoints;
using OrleansCluster.Silo.Entry;
using OrleansCluster.Silo.Telemetry;
using OrleansCluster.Silo.Telemetry.Prometheus;

namespace OrleansCluster.Silo.Hosting;

internal static class SiloProgram
{
    private const int Failed = 1;
    private const int BadUsage = 2;

    public static async Task<int> Run(string[] arguments, TextWriter error)
    {
        if (arguments.Any(a => a is "--help" or "-h"))
        {
            Console.Write(SiloHelp.Text);
            return 0;
        }

        try
        {
            await using var app = Build(arguments, _ => { });
            await app.StartAsync();
            await app.WaitForShutdownAsync();
            return 0;
        }
        catch (SiloOptionsException exception)
        {
            foreach (var fault in exception.Faults)
                await error.WriteLineAsync($"ocs-silo: {fault}");
            await error.WriteLineAsync("ocs-silo --help lists the options.");
            return BadUsage;
        }
        catch (Exception exception) when (IsEnvironment(exception))
        {
            await error.WriteLineAsync($"ocs-silo: cannot run: {exception.Message}");
            return Failed;
        }
    }

    /// <summary>What the operator can mend, and what its message says all about; anything else ends with its stack trace.</summary>
    private static bool IsEnvironment(Exception exception) =>
        exception is IOException or UnauthorizedAccessException or StoreUnavailableException or InvalidOperationException { InnerException: IOException };

    /// <param name="adjust">Changes what is composed; for tests.</param>
    public static WebApplication Build(string[] arguments, Action<WebApplicationBuilder> adjust)
    {
        // Options are read once. Watching their files would have the system tell of every file that is written below this folder, container logs among them.
        var builder = WebApplication.CreateBuilder(["--hostBuilder:reloadConfigOnChange=false"]);
        var (others, attributes) = NamedArguments.Split(arguments);
        builder.Configuration.AddCommandLine(others, new Dictionary<string, string>(SiloOptionsReader.Switches));
        builder.Configuration.AddInMemoryCollection(attributes);
        var options = SiloOptionsReader.Read(builder.Configuration, arguments);
        DataFolder.Ensure(options);
        builder.Services.AddSingleton(options);
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);

        // In this order they start, and in the reverse they stop: the store outlives the grains, the grains outlive the agents.
        builder.AddSiloTelemetry(options);
        if (options.Postgres is null)
            builder.Services.AddClusterStore(new SqliteStoreOptions { Path = Path.Combine(options.Data, "cluster.db") });
        else
            builder.Services.AddClusterStore(SiloOptionsReader.StoreOf(options));
        if (options.Checkpoints is { } checkpoints)
            builder.Services.AddCheckpointsAt(CheckpointLocation.Parse(checkpoints));
        builder.Services.AddSingleton(new SchedulerShards(options.Schedulers));
        builder.Services.AddClusterGrains(new NodeLeaseOptions
        {
            Duration = TimeSpan.FromSeconds(options.LeaseSeconds),
            LostAfter = TimeSpan.FromSeconds(options.LostAfterSeconds),
        });
        builder.AddEngine(options);
        builder.Services.AddHostedService<RecoveryService>();
        if (options.Runtime != "none")
            builder.Services.AddSiloAgents(options);

        // A request that goes to another task is no event: it is counted.
        builder.Logging.AddFilter("Yarp", LogLevel.Error);
        if (EntryOptionsReader.IsAskedFor(options))
            builder.Services.AddServiceEntry(EntryOptionsReader.Of(options));
        builder.Services.AddClusterApi(new ApiOptions { Address = options.Listen });
        builder.Services.AddMesosApi(new MesosOptions { Cluster = options.Cluster, Image = options.MesosImage });
        builder.Services.AddHostedService<AddressFile>();

        adjust(builder);

        var app = builder.Build();
        app.MapClusterApi();
        app.MapMesosApi();
        app.MapMetrics();
        app.MapEngine(options);
        return app;
    }
}
