using System.Text.Json.Nodes;
using OrleansCluster.Client.Http;

namespace OrleansCluster.Client;

/// <summary>The JSON Schemas of what can be handed in: <c>/v1/schemas</c>.</summary>
public sealed class SchemasClient
{
    private readonly ApiConnection _connection;

    internal SchemasClient(ApiConnection connection) => _connection = connection;

    /// <param name="name"><c>job</c>, <c>schedule</c>, <c>service</c>, <c>task-definition</c> or <c>teams</c>.</param>
    /// <exception cref="ClusterApiException">404: no such schema.</exception>
    public Task<JsonNode> GetAsync(string name, CancellationToken cancellationToken = default) =>
        _connection.GetAsync<JsonNode>(ApiPath.Of("schemas", name + ".json"), cancellationToken);
}
