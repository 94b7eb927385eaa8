namespace OrleansCluster;

/// <summary>The right to run a node's claims until <see cref="Duration"/> after the request for it was sent (by the agent's own clock).</summary>
[GenerateSerializer, Immutable, Alias("ocs.NodeLease")]
public sealed record NodeLease
{
    [Id(0)] public required string Session { get; init; }

    /// <summary>An agent that could not renew within this time stops its tasks; the manager waits longer than this before it places them elsewhere.</summary>
    [Id(1)] public required TimeSpan Duration { get; init; }

    /// <summary>False when another session has taken the node over, or it was declared lost: register again.</summary>
    [Id(2)] public required bool IsHeld { get; init; }
}
