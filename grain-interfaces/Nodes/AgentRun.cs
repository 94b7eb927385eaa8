namespace OrleansCluster;

/// <summary>Which of a node's agents it is, among those that have come one after the other.</summary>
/// <param name="Number">1 for the first process that registered, more for each later one.</param>
/// <param name="Incarnation">The number of the first process on the host as it is now: what ran before that may have vanished without a trace.</param>
[GenerateSerializer, Immutable, Alias("ocs.AgentRun")]
public readonly record struct AgentRun([property: Id(0)] int Number, [property: Id(1)] int Incarnation);
