using System.Collections.Immutable;

namespace OrleansCluster.Silo.Api.Input;

internal sealed record ReleaseRequest
{
    /// <summary>Ids of claims without tasks, at most 1,000; those that stand no more are no error.</summary>
    public required ImmutableArray<string> Claims { get; init; }
}
