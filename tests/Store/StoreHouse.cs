using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;
using OrleansCluster.Grains.Storage;
using OrleansCluster.Grains.Storage.Checkpoints;

namespace OrleansCluster.Tests.Store;

/// <summary>A store as the silo has it, from its one registration call.</summary>
public abstract class StoreHouse : IDisposable
{
    private readonly ServiceProvider _services;

    private protected StoreHouse(Action<IServiceCollection> add)
    {
        var services = new ServiceCollection().AddSingleton(TimeProvider.System);
        add(services);
        _services = services.BuildServiceProvider();
        Meters = new MeterReadings(_services);
    }

    public ITransactionalStore Store => _services.GetRequiredService<ITransactionalStore>();

    public ICheckpointStore Checkpoints => _services.GetRequiredService<ICheckpointStore>();

    internal MeterReadings Meters { get; }

    internal IGrainStorage GrainStorage => _services.GetRequiredKeyedService<IGrainStorage>(StoreGrainStorage.Name);

    public void Dispose()
    {
        Meters.Dispose();
        _services.Dispose();
    }
}
