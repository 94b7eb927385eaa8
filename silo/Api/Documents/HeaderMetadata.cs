namespace OrleansCluster.Silo.Api.Documents;

/// <summary>A request header that a route reads for itself.</summary>
internal sealed record HeaderMetadata(string Name, string Description);
