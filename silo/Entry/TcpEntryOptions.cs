using System.Globalization;
using System.Net;

namespace OrleansCluster.Silo.Entry;

/// <summary>A port of this host, the connections to which go to a service's tasks.</summary>
/// <param name="ContainerPort"><see langword="null"/> for the first TCP port that a task publishes.</param>
internal sealed record TcpEntryOptions(IPEndPoint Listen, ServiceAddress Service, int? ContainerPort)
{
    public const string Expectation = "PORT=SERVICE or PORT=SERVICE:CONTAINERPORT, such as 5432=db";

    /// <returns><see langword="null"/> for what is none.</returns>
    public static TcpEntryOptions? Parse(string port, string target, IPAddress address, string ownCluster)
    {
        var parts = target.Split(':');
        if (!TryPort(port, 0, out var listen) || parts.Length > 2 || ServiceAddress.Parse(parts[0], ownCluster) is not { } service)
            return null;
        if (parts.Length == 1)
            return new TcpEntryOptions(new IPEndPoint(address, listen), service, null);
        return TryPort(parts[1], 1, out var container) ? new TcpEntryOptions(new IPEndPoint(address, listen), service, container) : null;
    }

    private static bool TryPort(string text, int least, out int port) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port >= least && port <= ushort.MaxValue;
}
