using System.Net;
using System.Net.Sockets;

namespace OrleansCluster.Tests.Docker;

/// <summary>
/// Ports that nobody listens on, each another one. They lie below those that the system gives to connections: one of these may be some connection's by the time
/// it is used, and between a silo's end and its next start.
/// </summary>
internal static class FreePort
{
    private const int Tries = 100;

    /// <summary>Begins somewhere else in each process: several may look at the same time.</summary>
    private static int _last = Random.Shared.Next(20_000, 30_000);

    public static int Find()
    {
        for (var attempt = 1; ; attempt++)
        {
            var port = Interlocked.Increment(ref _last);
            try
            {
                using var listener = new TcpListener(IPAddress.Any, port);
                listener.Start();
                return port;
            }
            catch (SocketException) when (attempt < Tries)
            {
                // Taken; the next one.
            }
        }
    }
}
