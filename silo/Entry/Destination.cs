using System.Net;

namespace OrleansCluster.Silo.Entry;

/// <summary>A task that requests are sent to, and how it does. Safe for use by several threads.</summary>
internal sealed class Destination(ServiceEndpoint endpoint, TimeProvider clock)
{
    /// <summary>How long one that could not be reached is left alone where there are others. What is really gone leaves the list.</summary>
    private static readonly TimeSpan _avoidance = TimeSpan.FromSeconds(3);

    private int _underWay;
    private long _failedAt;

    public ServiceEndpoint Endpoint => endpoint;

    /// <summary>Requests, or connections.</summary>
    public int UnderWay => Volatile.Read(ref _underWay);

    public bool IsAvoided => Interlocked.Read(ref _failedAt) is not 0 and var failed && clock.GetElapsedTime(failed) < _avoidance;

    public void Enter() => Interlocked.Increment(ref _underWay);

    public void Leave() => Interlocked.Decrement(ref _underWay);

    public void Failed() => Interlocked.Exchange(ref _failedAt, clock.GetTimestamp());

    /// <summary>Where a port of the container is reached; its first TCP port where none is named. <see langword="null"/> where it has none such.</summary>
    public IPEndPoint? Reach(int? containerPort)
    {
        foreach (var port in endpoint.Ports)
        {
            if (port.Protocol == PortProtocol.Tcp && port.Container == (containerPort ?? port.Container))
                return IPAddress.TryParse(endpoint.Address, out var address) ? new IPEndPoint(address, port.Host) : null;
        }

        return null;
    }
}
