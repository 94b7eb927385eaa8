using System.Collections.Immutable;

namespace OrleansCluster;

/// <summary>What a node's agent should make true: its claims, which of them are to stop, and which logs are asked for.</summary>
[GenerateSerializer, Immutable, Alias("ocs.NodeAssignment")]
public sealed record NodeAssignment
{
    /// <summary>Grows with every change of this answer; the token for the next long poll. 0 asks for an answer at once.</summary>
    [Id(0)] public required long Version { get; init; }
    [Id(1)] public required ImmutableArray<Claim> Claims { get; init; }

    /// <summary>Ids of claims (<see cref="Claim.Id"/>) whose tasks are to stop.</summary>
    [Id(2)] public ImmutableArray<string> Stopping { get; init; } = [];
    [Id(3)] public ImmutableArray<LogRequest> LogRequests { get; init; } = [];

    /// <summary>False when the agent's session no longer holds the node: it must register again.</summary>
    [Id(4)] public required bool IsHeld { get; init; }

    /// <summary>Checkpoints that are asked for.</summary>
    [Id(20)] public ImmutableArray<CheckpointRequest> Checkpoints { get; init; } = [];
}
