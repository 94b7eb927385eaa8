using Microsoft.Extensions.Options;
using OrleansCluster.Client.Http;

namespace OrleansCluster.Client;

/// <summary>
/// A cluster, over its HTTP API. Safe for use by several threads. Every call may throw <see cref="ClusterApiException"/> (the cluster refused,
/// and says why) and <see cref="ClusterUnreachableException"/> (nobody answered, after the attempts that the options allow).
/// </summary>
public sealed class OrleansClusterClient
{
    public OrleansClusterClient(
        HttpClient http, IOptions<OrleansClusterClientOptions> options, TimeProvider time, IIdempotencyKeySource keys)
    {
        var connection = new ApiConnection(http, options.Value, time);
        Jobs = new JobsClient(connection, keys);
        Schedules = new SchedulesClient(connection, keys);
        Services = new ServicesClient(connection);
        Tasks = new TasksClient(connection, keys);
        Nodes = new NodesClient(connection);
        TaskDefinitions = new TaskDefinitionsClient(connection);
        Events = new EventsClient(connection);
        Frameworks = new FrameworksClient(connection, keys);
        Teams = new TeamsClient(connection);
        Schemas = new SchemasClient(connection);
    }

    public JobsClient Jobs { get; }
    public SchedulesClient Schedules { get; }
    public ServicesClient Services { get; }
    public TasksClient Tasks { get; }
    public NodesClient Nodes { get; }
    public TaskDefinitionsClient TaskDefinitions { get; }
    public EventsClient Events { get; }
    public FrameworksClient Frameworks { get; }
    public TeamsClient Teams { get; }
    public SchemasClient Schemas { get; }
}
