using OrleansCluster.Grains.Runtime;
using OrleansCluster.Silo.Agent.Checkpoints;
using OrleansCluster.Silo.Agent.Logs;
using OrleansCluster.Silo.Agent.Supervision;

namespace OrleansCluster.Silo.Agent;

/// <summary>What all task supervisors of one agent share.</summary>
internal sealed record AgentContext
{
    public required AgentOptions Options { get; init; }
    public required IContainerRuntime Runtime { get; init; }
    public required IFenceGuard Guard { get; init; }
    public required TimeProvider Clock { get; init; }
    public required AgentInstruments Instruments { get; init; }
    public required LoopRunner Loops { get; init; }
    public required ILoggerFactory Loggers { get; init; }
    public required AgentLease Lease { get; init; }
    public required AgentReporter Reporter { get; init; }
    public required DefinitionCache Definitions { get; init; }
    public required ContainerLogs Logs { get; init; }
    public required AgentCheckpoints Checkpoints { get; init; }
    public required Leftovers Leftovers { get; init; }

    /// <summary>Creating and starting containers.</summary>
    public required Gate Launches { get; init; }

    /// <summary>Saving logs and removing containers: fewer at once than launches, which must not wait for it.</summary>
    public required Gate Cleanups { get; init; }

    /// <summary>Health checks that the agent makes itself.</summary>
    public required Gate Probes { get; init; }
}
