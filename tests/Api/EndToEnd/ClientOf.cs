using Microsoft.Extensions.DependencyInjection;
using OrleansCluster.Client;

namespace OrleansCluster.Tests.Api.EndToEnd;

/// <summary>A client that outlives the silo.</summary>
internal sealed class ClientOf : IDisposable
{
    private readonly ServiceProvider _services;

    public ClientOf(Uri address)
    {
        _services = new ServiceCollection().AddLogging().Also(services => services.AddOrleansClusterClient(options => options.Address = address)).BuildServiceProvider();
        Client = _services.GetRequiredService<OrleansClusterClient>();
    }

    public OrleansClusterClient Client { get; }

    public void Dispose() => _services.Dispose();
}
