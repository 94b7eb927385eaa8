using OrleansCluster.Client;

namespace OrleansCluster.Tests.Api.Sdk;

internal sealed class CountedKeys : IIdempotencyKeySource
{
    private int _count;

    public string NewKey() => $"key-{Interlocked.Increment(ref _count)}";
}
