using System.Collections.Immutable;
using System.Net;

namespace OrleansCluster.Silo.Entry;

/// <summary>Where this host lets requests to services in.</summary>
internal sealed record EntryOptions
{
    /// <summary>The silo's own, which names of services may leave out.</summary>
    public required string Cluster { get; init; }

    /// <summary>For HTTP; <see langword="null"/> for nowhere.</summary>
    public IPEndPoint? Http { get; init; }

    /// <summary>For connections of any kind, a port a service.</summary>
    public ImmutableArray<TcpEntryOptions> Tcp { get; init; } = [];

    /// <summary>For names; <see langword="null"/> for nowhere.</summary>
    public IPEndPoint? Dns { get; init; }
}
