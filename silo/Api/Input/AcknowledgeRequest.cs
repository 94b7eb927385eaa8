using System.Collections.Immutable;

namespace OrleansCluster.Silo.Api.Input;

/// <summary>Updates that have been dealt with; those that were not told are no error.</summary>
internal sealed record AcknowledgeRequest
{
    /// <summary>1,000 at most.</summary>
    public required ImmutableArray<FrameworkAcknowledgement> Updates { get; init; }
}
