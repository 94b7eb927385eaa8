using System.Collections.Immutable;
using OrleansCluster.Grains.Runtime;
using OrleansCluster.Silo.Agent;
using OrleansCluster.Silo.Agent.Docker;
using OrleansCluster.Silo.Agent.Simulated;
using OrleansCluster.Silo.Hosting.Fencing;

namespace OrleansCluster.Silo.Hosting;

/// <summary>Turns the silo's options into its agents and what runs their containers.</summary>
internal static class SiloAgents
{
    /// <summary>What a simulated node has, where nothing else is said.</summary>
    private static readonly Resources _simulatedCapacity = new(4000, 16 * 1024, 100 * 1024);

    private static readonly TimeSpan _longestFence = TimeSpan.FromSeconds(1);

    /// <summary>MiB left to the host, the container runtime and the silo itself where capacity is measured.</summary>
    private const int HostReserve = 512;

    public static void AddSiloAgents(this IServiceCollection services, SiloOptions options)
    {
        ImmutableArray<AgentOptions> agents = [.. Enumerable.Range(1, options.Nodes).Select(number => ToAgent(options, number))];
        if (options.Runtime == "simulated")
        {
            services.AddAgents(agents, (provider, agent) => new SimulatedRuntime(
                agent.Capacity!.Value, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<IIdSource>().NewId(16)));
            return;
        }

        services.AddSingleton(provider => new DockerRuntime(
            new DockerOptions { Endpoint = EndpointOf(options) },
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<DockerRuntime>>()));
        services.AddAgents(agents, (provider, _) => provider.GetRequiredService<DockerRuntime>(), (provider, agent) => Guard(provider, agent, options));
    }

    /// <summary>Only where another silo can take the node's tasks over; alone, a silo that is started again finds its containers, however long that takes.</summary>
    private static IFenceGuard Guard(IServiceProvider provider, AgentOptions agent, SiloOptions options) =>
        Engine.HasManySilos && options.Postgres is not null
            ? new GuardProcess(agent, EndpointOf(options).ToString(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<GuardProcess>>())
            : new NoFenceGuard();

    private static AgentOptions ToAgent(SiloOptions options, int number)
    {
        var node = NodeName(options);
        var name = options.Nodes == 1 ? node : $"{node}-{number}";
        return new AgentOptions
        {
            Cluster = options.Cluster,
            Node = name,
            DataDirectory = Path.Combine(options.Data, "nodes", name),
            Capacity = CapacityOf(options),
            Address = options.NodeAddress ?? options.Address,
            Attributes = options.Attributes,
            Gpus = options.Gpus,
            Amounts = options.Amounts,
            ReserveMemory = HostReserve,
            FenceTimeout = FenceTimeout(options),
        };
    }

    /// <summary>Half of the time between a lease's end and the node's loss, and no more than a second: containers are gone before others are started.</summary>
    private static TimeSpan FenceTimeout(SiloOptions options)
    {
        var half = TimeSpan.FromSeconds(options.LostAfterSeconds - options.LeaseSeconds) / 2;
        return half < _longestFence ? half : _longestFence;
    }

    /// <summary>This host's name in the cluster.</summary>
    public static string NodeName(SiloOptions options) => options.Node ?? HostName();

    private static Resources? CapacityOf(SiloOptions options)
    {
        if (options is { Runtime: "docker", Cpu: null, Memory: null, Disk: null })
            return null;
        return new Resources(
            options.Cpu ?? _simulatedCapacity.Cpu, options.Memory ?? _simulatedCapacity.Memory, options.Disk ?? _simulatedCapacity.Disk);
    }

    /// <summary>The machine's name in letters that a node's name may have.</summary>
    private static string HostName()
    {
        var name = new string([.. Environment.MachineName.ToLowerInvariant().Split('.')[0].Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-')]).Trim('-');
        return name.Length > 0 && char.IsAsciiLetter(name[0]) ? name : $"node-{name}".TrimEnd('-');
    }

    public static DockerEndpoint EndpointOf(SiloOptions options) =>
        DockerEndpoint.Parse(options.DockerHost ?? Environment.GetEnvironmentVariable("DOCKER_HOST"));
}
