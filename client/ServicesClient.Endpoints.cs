using System.Runtime.CompilerServices;
using OrleansCluster.Client.Http;

namespace OrleansCluster.Client;

/// <summary>Where services are reached: <c>/v1/services/NAME/endpoints</c>.</summary>
public sealed partial class ServicesClient
{
    /// <summary>The tasks that may be sent requests now.</summary>
    /// <exception cref="ClusterApiException">404: no such service.</exception>
    public Task<ServiceEndpoints> GetEndpointsAsync(string service, CancellationToken cancellationToken = default) =>
        _connection.GetAsync<ServiceEndpoints>(ApiPath.Of("services", service, "endpoints"), cancellationToken);

    /// <summary>The list now, and again after every change, until it is cancelled or the service is gone. Outlives a restart of the cluster.</summary>
    /// <exception cref="ClusterApiException">404: no such service, or no longer.</exception>
    public async IAsyncEnumerable<ServiceEndpoints> WatchEndpointsAsync(string service, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var endpoints = await GetEndpointsAsync(service, cancellationToken);
        yield return endpoints;
        while (true)
        {
            var path = ApiPath.Of("services", service, "endpoints").With("version", endpoints.Version).With("wait", PollSeconds);
            var newer = await _connection.GetAsync<ServiceEndpoints>(path, _connection.ReconnectAttempts, cancellationToken);
            if (newer.Version == endpoints.Version) continue;
            endpoints = newer;
            yield return endpoints;
        }
    }
}
