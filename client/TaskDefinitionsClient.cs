using System.Globalization;
using System.Text.Json;
using OrleansCluster.Client.Http;

namespace OrleansCluster.Client;

/// <summary>Task definitions: <c>/v1/task-definitions</c>.</summary>
public sealed class TaskDefinitionsClient
{
    private readonly ApiConnection _connection;

    internal TaskDefinitionsClient(ApiConnection connection) => _connection = connection;

    /// <summary>Registers the next revision of a family. What equals the newest revision is that revision: registering twice changes nothing.</summary>
    /// <exception cref="ClusterApiException">400: the faults say what is wrong, all of it; nothing has changed.</exception>
    public Task<TaskDefinition> RegisterAsync(TaskDefinitionSpec definition, CancellationToken cancellationToken = default) =>
        RegisterRawAsync(JsonSerializer.SerializeToElement(definition, ClusterJson.Options), cancellationToken);

    /// <summary>Registers a definition as the user wrote it, so that the cluster finds the faults and its pointers match what was written.</summary>
    /// <exception cref="ClusterApiException">As <see cref="RegisterAsync"/>.</exception>
    public Task<TaskDefinition> RegisterRawAsync(JsonElement definition, CancellationToken cancellationToken = default) =>
        _connection.PostAsync<TaskDefinition>(ApiPath.Of("task-definitions"), definition, idempotencyKey: null, cancellationToken);

    /// <param name="revision"><see langword="null"/> for the newest.</param>
    /// <exception cref="ClusterApiException">404: no such family or revision.</exception>
    public Task<TaskDefinition> GetAsync(string family, int? revision, CancellationToken cancellationToken = default)
    {
        var path = ApiPath.Of("task-definitions", family, revision?.ToString(CultureInfo.InvariantCulture) ?? "latest");
        return _connection.GetAsync<TaskDefinition>(path, cancellationToken);
    }

    /// <param name="family"><see langword="null"/> for all families.</param>
    public Task<Page<TaskDefinition>> GetPageAsync(string? family, PageRequest page, CancellationToken cancellationToken = default) =>
        _connection.GetAsync<Page<TaskDefinition>>(ApiPath.Of("task-definitions").With("family", family).With(page), cancellationToken);

    /// <summary>All revisions, page by page as they are enumerated.</summary>
    /// <param name="family"><see langword="null"/> for all families.</param>
    public IAsyncEnumerable<TaskDefinition> ListAsync(string? family, CancellationToken cancellationToken = default) =>
        _connection.ListAsync<TaskDefinition>((page, token) => GetPageAsync(family, page, token), cancellationToken);
}
