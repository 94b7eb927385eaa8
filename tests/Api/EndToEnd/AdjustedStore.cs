using Microsoft.Extensions.DependencyInjection;
using OrleansCluster.Grains.Storage;

namespace OrleansCluster.Tests.Api.EndToEnd;

internal static class AdjustedStore
{
    /// <summary>Puts something between the silo and its store.</summary>
    public static void Adjust(this IServiceCollection services, Func<ITransactionalStore, ITransactionalStore> around)
    {
        var original = services.Last(s => s.ServiceType == typeof(ITransactionalStore)).ImplementationFactory!;
        services.AddSingleton(provider => around((ITransactionalStore)original(provider)));
    }
}
