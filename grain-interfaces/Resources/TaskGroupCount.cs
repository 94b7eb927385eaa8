namespace OrleansCluster;

/// <summary>How many tasks of a group hold claims on a node.</summary>
[GenerateSerializer, Immutable, Alias("ocs.TaskGroupCount")]
public readonly record struct TaskGroupCount([property: Id(0)] string Group, [property: Id(1)] int Tasks);
