namespace OrleansCluster.Grains.Tasks.Validation;

/// <summary>One entry of a <c>dependsOn</c>.</summary>
/// <param name="Path">Where the name stands.</param>
internal readonly record struct NamedDependency(string Path, string Name);
