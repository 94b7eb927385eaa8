using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;

namespace OrleansCluster.Benchmarks.Delta;

internal static class WireSize
{
    /// <summary>Bytes of a message between silos, without its envelope.</summary>
    public static long? Of<T>(IServiceProvider services, T message) => services.GetRequiredService<Serializer>().SerializeToArray(message).LongLength;
}
