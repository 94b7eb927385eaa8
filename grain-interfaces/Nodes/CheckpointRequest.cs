namespace OrleansCluster;

/// <summary>Asks a node's agent for a checkpoint of one claim's task.</summary>
/// <param name="ClaimId">As <see cref="Claim.Id"/>.</param>
/// <param name="Number">The task's last request; one that the agent has answered already asks for nothing.</param>
[GenerateSerializer, Immutable, Alias("ocs.CheckpointRequest")]
public sealed record CheckpointRequest([property: Id(0)] string ClaimId, [property: Id(1)] int Number);
