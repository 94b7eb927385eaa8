using Microsoft.Extensions.DependencyInjection;
using OrleansCluster.Client;

namespace OrleansCluster.Tests.Api.Sdk;

/// <summary>A fake cluster, and the client as users register it.</summary>
public abstract class SdkTest : IAsyncLifetime
{
    private ServiceProvider? _services;
    private FakeCluster? _cluster;

    private protected FakeCluster Cluster => _cluster!;
    private protected OrleansClusterClient Client => _services!.GetRequiredService<OrleansClusterClient>();

    public async ValueTask InitializeAsync()
    {
        _cluster = await FakeCluster.StartAsync();
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(new InstantTime());
        services.AddSingleton<IIdempotencyKeySource>(new CountedKeys());
        services.AddOrleansClusterClient(options =>
        {
            options.Address = new Uri(_cluster.Address);
            options.Cluster = "green";
        });
        _services = services.BuildServiceProvider();
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await _services!.DisposeAsync();
        await _cluster!.DisposeAsync();
    }

    private protected static async Task<List<T>> ToListAsync<T>(IAsyncEnumerable<T> items)
    {
        var list = new List<T>();
        await foreach (var item in items)
            list.Add(item);
        return list;
    }
}
