namespace OrleansCluster;

/// <summary>One reason, and how many nodes it holds for.</summary>
/// <param name="Reason">In words: <c>insufficient memory</c>, <c>draining</c>, <c>port 8080/TCP taken</c>, <c>not matching `attribute:zone == a`</c>.</param>
[GenerateSerializer, Immutable, Alias("ocs.NodeShortfall")]
public sealed record NodeShortfall([property: Id(0)] string Reason, [property: Id(1)] int Nodes);
