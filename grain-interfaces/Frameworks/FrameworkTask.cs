using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace OrleansCluster;

/// <summary>A task that a framework places on a node of its choice: a registered definition, or containers of its own.</summary>
[GenerateSerializer, Immutable, Alias("ocs.FrameworkTask")]
public sealed record FrameworkTask
{
    /// <summary>The framework's own name for it, of no other task that it has or has had: visible ASCII characters, 1 to 255.</summary>
    [Id(0)] public required string Name { get; init; }
    [Id(1)] public required string Node { get; init; }

    /// <summary><c>family</c> or <c>family:revision</c>; not together with <see cref="Containers"/>.</summary>
    [Id(2)] public string? Definition { get; init; }
    [Id(3)] public ImmutableArray<ContainerSpec> Containers { get; init; } = [];
    [Id(4)] public ImmutableArray<VolumeSpec> Volumes { get; init; } = [];
    [Id(5)] public NetworkMode Network { get; init; }

    /// <summary>The node's ETag that the decision rests on; looked at with coarse conflict detection only. In JSON a text.</summary>
    [Id(6), JsonNumberHandling(JsonNumberHandling.WriteAsString | JsonNumberHandling.AllowReadingFromString)] public long NodeETag { get; init; }
}
