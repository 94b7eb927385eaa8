using System.Net;

namespace OrleansCluster.Silo.Api.Hosting;

/// <summary>Reads where to listen, and refuses all that others could reach: there is no authentication yet.</summary>
internal static class LoopbackAddress
{
    /// <exception cref="InvalidOperationException">It is no address, or not on loopback.</exception>
    public static IPEndPoint Parse(string address) => Parse(address, "The API");

    /// <param name="what">What listens there.</param>
    /// <exception cref="InvalidOperationException">It is no address, or not on loopback.</exception>
    public static IPEndPoint Parse(string address, string what)
    {
        var text = address.Replace("localhost:", "127.0.0.1:", StringComparison.OrdinalIgnoreCase);
        if (!IPEndPoint.TryParse(text, out var endpoint) || !text.Contains(':'))
            throw new InvalidOperationException($"{what} cannot listen on \"{address}\": expected an address and a port, such as 127.0.0.1:7070.");
        if (!IPAddress.IsLoopback(endpoint.Address))
            throw new InvalidOperationException(
                $"{what} does not listen on {address}: it has no authentication, so it listens on loopback only, such as 127.0.0.1:{endpoint.Port}. "
                + "From other machines, use an SSH tunnel.");
        return endpoint;
    }
}
