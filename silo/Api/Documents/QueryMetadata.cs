using System.Collections.Immutable;
using OrleansCluster.Silo.Api.Input;

namespace OrleansCluster.Silo.Api.Documents;

/// <summary>The query parameters that a route reads for itself.</summary>
internal sealed record QueryMetadata(ImmutableArray<QueryParameter> Parameters);
