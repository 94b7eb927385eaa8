namespace OrleansCluster;

/// <summary>The manager's answer to a <see cref="CheckpointReport"/>.</summary>
/// <param name="IsAccepted">The checkpoint is the task's, and durably so; otherwise its bytes are nobody's.</param>
/// <param name="Orders"><see langword="null"/> where the attempt is no longer the task's current one: nothing more is wanted of it.</param>
[GenerateSerializer, Immutable, Alias("ocs.CheckpointReceipt")]
public sealed record CheckpointReceipt([property: Id(0)] bool IsAccepted, [property: Id(1)] CheckpointOrders? Orders);
