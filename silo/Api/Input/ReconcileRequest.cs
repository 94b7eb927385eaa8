using System.Collections.Immutable;

namespace OrleansCluster.Silo.Api.Input;

internal sealed record ReconcileRequest
{
    /// <summary>As the framework calls them; none for all that have not ended.</summary>
    public ImmutableArray<string> Tasks { get; init; } = [];
}
