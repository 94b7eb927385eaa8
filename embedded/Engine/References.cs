using Orleans.Runtime;

namespace OrleansCluster.Embedded;

/// <summary>Not there yet: the kernel comes with the next commits.</summary>
internal static class References
{
    internal static T Cast<T>(IAddressable grain) => throw new NotImplementedException();

    internal static GrainId IdOf(IAddressable grain) => throw new NotImplementedException();
}
