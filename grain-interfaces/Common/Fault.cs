namespace OrleansCluster;

/// <summary>One thing wrong with what was handed in.</summary>
/// <param name="Path">A JSON pointer into the input (RFC 6901), such as <c>/tasks/1/dependsOn/0</c>; empty for the whole of it.</param>
/// <param name="Message">What was found and what was expected.</param>
[GenerateSerializer, Immutable, Alias("ocs.Fault")]
public sealed record Fault([property: Id(0)] string Path, [property: Id(1)] string Message);
