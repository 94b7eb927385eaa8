using System.Collections.Immutable;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OrleansCluster.Benchmarks.Workflows.Jobs;
using OrleansCluster.Client;
using OrleansCluster.Grains.Runtime;
using OrleansCluster.Silo.Agent;
using OrleansCluster.Silo.Agent.Docker;
using OrleansCluster.Silo.Agent.Simulated;
using OrleansCluster.Silo.Hosting;
using OrleansCluster.Tests.Shared;

namespace OrleansCluster.Benchmarks.Workflows;

/// <summary>A cluster of logical nodes with as many cores as the machines of a workflow had: the silo, durable in SQLite, and an agent for each in one process.</summary>
internal sealed class WorkflowSilo : IAsyncDisposable
{
    private const string Cluster = "workflow";

    private readonly string _data;
    private readonly WebApplication _silo;
    private readonly ServiceProvider _services;

    private WorkflowSilo(string data, WebApplication silo, ServiceProvider services)
    {
        (_data, _silo, _services) = (data, silo, services);
        Client = services.GetRequiredService<OrleansClusterClient>();
    }

    public OrleansClusterClient Client { get; }

    /// <param name="nodes">Cores of each.</param>
    public static async Task<WorkflowSilo> Start(WorkflowRuntime runtime, ImmutableArray<double> nodes, CancellationToken cancellationToken)
    {
        var data = Directory.CreateTempSubdirectory("ocs-bench-").FullName;
        try
        {
            string[] arguments = ["--data", data, "--cluster", Cluster, "--runtime", "none", "--listen", "127.0.0.1:0", "--lease-seconds", "60", "--lost-after-seconds", "90"];
            var silo = SiloProgram.Build(arguments, builder =>
            {
                builder.Logging.SetMinimumLevel(LogLevel.Warning);
                builder.Services.AddAgents([.. nodes.Select((cores, index) => ToAgent(data, cores, index))], Runtimes(runtime));
            });
            await silo.StartAsync(cancellationToken);
            var services = new ServiceCollection().AddLogging().AddClient(new Uri(silo.Urls.First()), Cluster).BuildServiceProvider();
            var started = new WorkflowSilo(data, silo, services);
            await started.WaitForNodes(nodes.Length, cancellationToken);
            return started;
        }
        catch
        {
            Directory.Delete(data, recursive: true);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _silo.StopAsync();
        await _silo.DisposeAsync();
        await _services.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    private static AgentOptions ToAgent(string data, double cores, int index)
    {
        var name = FormattableString.Invariant($"machine-{index + 1}");
        var tasks = (int)Math.Ceiling(cores * 1000);
        return new AgentOptions
        {
            Cluster = Cluster,
            Node = name,
            DataDirectory = Path.Combine(data, "nodes", name),

            // As many tasks as could ever be there at once, of a thousandth of a core each: memory decides nothing here.
            Capacity = new Resources(WorkflowJob.Millicores(cores), tasks * WorkflowJob.MemoryOfTask, 1),
        };
    }

    private static Func<IServiceProvider, AgentOptions, IContainerRuntime> Runtimes(WorkflowRuntime runtime)
    {
        if (runtime == WorkflowRuntime.Simulated)
            return (provider, agent) => new SimulatedRuntime(agent.Capacity!.Value, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<IIdSource>().NewId(16));
        DockerRuntime? shared = null;
        return (provider, _) => shared ??= new DockerRuntime(
            new DockerOptions { Endpoint = DockerEndpoint.Parse(Environment.GetEnvironmentVariable("DOCKER_HOST")) },
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<DockerRuntime>>());
    }

    private async Task WaitForNodes(int nodes, CancellationToken cancellationToken)
    {
        while (await Client.Nodes.ListAsync(cancellationToken).CountAsync(n => n.Status == NodeStatus.Active, cancellationToken) < nodes)
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, cancellationToken);
    }
}
