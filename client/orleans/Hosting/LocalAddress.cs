using System.Net;
using System.Net.Sockets;

namespace OrleansCluster.Client.Hosting;

/// <summary>Addresses at which other members reach a silo of this machine.</summary>
internal static class LocalAddress
{
    private const int FreePort = 0;

    /// <param name="isAuthenticated">Whether members show one another certificates. Where they do not, whoever can reach a silo can command it.</param>
    /// <param name="tls">What the options are called that make them do so.</param>
    /// <returns>What is expected instead; <see langword="null"/> where nothing is wrong.</returns>
    public static string? Fault(string text, bool isAuthenticated, string tls)
    {
        if (!IPAddress.TryParse(text, out var address))
            return "expected an IP address of this machine, such as 127.0.0.1";
        if (IPAddress.IsLoopback(address))
            return null;
        if (!isAuthenticated)
            return $"expected one on loopback, such as 127.0.0.1: on any other, silos have to authenticate one another, by {tls}";
        if (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any))
            return "expected the one of this machine's addresses at which other silos reach it";
        return IsOfThisMachine(address) ? null : "expected an address that this machine has";
    }

    private static bool IsOfThisMachine(IPAddress address)
    {
        try
        {
            using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(address, FreePort));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
