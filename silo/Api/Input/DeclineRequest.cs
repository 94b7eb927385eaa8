using System.Collections.Immutable;

namespace OrleansCluster.Silo.Api.Input;

internal sealed record DeclineRequest
{
    /// <summary>Ids of offers; those that stand no more are no error.</summary>
    public required ImmutableArray<string> Offers { get; init; }

    /// <summary>For how long their nodes are not offered again, 0 to 31,536,000 seconds.</summary>
    public double RefuseSeconds { get; init; } = 5;
}
