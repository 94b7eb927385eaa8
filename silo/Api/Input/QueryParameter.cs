using System.Collections.Immutable;

namespace OrleansCluster.Silo.Api.Input;

/// <summary>A parameter of the query, as routes read it and as the OpenAPI document describes it.</summary>
internal sealed record QueryParameter(string Name, string Description)
{
    /// <summary>Set for whole numbers, with <see cref="Largest"/>.</summary>
    public long? Smallest { get; init; }
    public long Largest { get; init; }
    public long? Default { get; init; }
    public bool IsFlag { get; init; }

    /// <summary>Every value allowed, where they can be counted.</summary>
    public ImmutableArray<string> Words { get; init; } = [];
}
