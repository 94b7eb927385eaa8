namespace OrleansCluster;

/// <summary>A GPU of a node.</summary>
/// <param name="Id">As the container runtime names it, such as <c>0</c> or <c>GPU-3a1f…</c>; unique on its node.</param>
/// <param name="Model">Such as <c>A100</c>; empty where it is not known, and then only tasks that will do with any model get it.</param>
[GenerateSerializer, Immutable, Alias("ocs.GpuDevice")]
public sealed record GpuDevice([property: Id(0)] string Id, [property: Id(1)] string Model);
