using OrleansCluster.Client.Http;

namespace OrleansCluster.Client;

/// <summary>Services: <c>/v1/services</c>.</summary>
public sealed partial class ServicesClient
{
    private readonly ApiConnection _connection;

    internal ServicesClient(ApiConnection connection) => _connection = connection;
}
