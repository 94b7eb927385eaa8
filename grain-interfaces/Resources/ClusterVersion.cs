using System.Text.Json.Serialization;

namespace OrleansCluster;

/// <summary>A point in the history of one cluster state. Versions are compared only within one incarnation; another incarnation means: take a fresh snapshot.</summary>
/// <param name="Incarnation">The activation that counted; empty means "none seen yet".</param>
/// <param name="Number">In JSON a text, since not every reader's numbers have 64 bits.</param>
[GenerateSerializer, Immutable, Alias("ocs.ClusterVersion")]
public readonly record struct ClusterVersion([property: Id(0)] string? Incarnation, [property: Id(1), JsonNumberHandling(JsonNumberHandling.WriteAsString | JsonNumberHandling.AllowReadingFromString)] long Number)
{
    public static ClusterVersion None => default;

    public bool IsAtLeast(ClusterVersion other) => Incarnation == other.Incarnation && Number >= other.Number;
}
