namespace OrleansCluster.Silo.Api.Documents;

/// <summary>A route that may also answer with a stream of items; the framework takes one kind of body for a status.</summary>
internal sealed record StreamMetadata(string MediaType, Type Item);
