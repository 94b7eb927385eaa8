using System.Collections.Immutable;

namespace OrleansCluster;

/// <summary>What a task changes of one container of its definition, as in ECS's RunTask. What is not given stays as the definition has it.</summary>
[GenerateSerializer, Immutable, Alias("ocs.ContainerOverride")]
public sealed record ContainerOverride
{
    /// <summary>A container of the definition.</summary>
    [Id(0)] public required string Name { get; init; }

    /// <summary>Replaces the definition's command where given.</summary>
    [Id(1)] public ImmutableArray<string> Command { get; init; } = [];

    /// <summary>Set beside the definition's variables, and in place of those with the same names.</summary>
    [Id(2)] public ImmutableSortedDictionary<string, string> Environment { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Millicores.</summary>
    [Id(3)] public int? Cpu { get; init; }

    /// <summary>MiB.</summary>
    [Id(4)] public int? Memory { get; init; }
}
