namespace OrleansCluster;

/// <summary>An update that a framework has dealt with.</summary>
/// <param name="Task">As the framework calls it.</param>
/// <param name="State">As it was told: RUNNING or STOPPED.</param>
[GenerateSerializer, Immutable, Alias("ocs.FrameworkAcknowledgement")]
public sealed record FrameworkAcknowledgement([property: Id(0)] string Task, [property: Id(1)] TaskState State);
