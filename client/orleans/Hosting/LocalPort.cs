using System.Net;
using System.Net.Sockets;

namespace OrleansCluster.Client.Hosting;

/// <summary>TCP ports of this host. Orleans listens with SO_REUSEPORT, and would share one with another silo instead of refusing it.</summary>
internal static class LocalPort
{
    /// <summary>A silo that nobody is told of in advance may be anywhere: others find its port in the membership table.</summary>
    public static int Free(IPAddress address) => Bind(address, 0);

    public static bool IsFree(IPAddress address, int port)
    {
        try
        {
            return Bind(address, port) == port;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static int Bind(IPAddress address, int port)
    {
        using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(address, port));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
