using System.Globalization;
using System.Net.Sockets;

namespace OrleansCluster.Silo.Agent.Docker;

internal sealed partial class DockerRuntime
{
    private const int FirstSuccess = 200;
    private const int LastSuccess = 399;

    /// <summary>A connection for each check: one that is kept says nothing of new ones.</summary>
    private readonly HttpMessageInvoker _web = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.Zero });

    public async Task<string?> Probe(string id, HealthCheckSpec check, CancellationToken cancellationToken)
    {
        var port = check.Http?.Port ?? check.Tcp!.Port;
        var details = await Ask(_docker.InspectContainer(id, cancellationToken));
        if (details is null)
            return "the container is gone";
        if (AddressOf(details, port) is not var (host, reached))
            return $"port {port} cannot be reached: the daemon is on another host, and the port is not published";
        try
        {
            return check.Http is { } http ? await Get(host, reached, http, cancellationToken) : await Connect(host, reached, cancellationToken);
        }
        catch (Exception e) when (e is HttpRequestException or SocketException or IOException)
        {
            return $"port {port}: {e.Message}";
        }
    }

    /// <summary>
    /// On the bridge its own address, not a published port: before that stands Docker's proxy, which takes connections whether or not anything listens behind it.
    /// </summary>
    private (string Host, int Port)? AddressOf(Wire.ContainerDetails details, int port)
    {
        var daemon = options.Endpoint.Host ?? "127.0.0.1";
        if (details.HostConfig?.NetworkMode == "host")
            return (daemon, port);
        if (options.Endpoint.IsLocal && details.NetworkSettings?.Networks?.Values.Select(network => network.Address).FirstOrDefault(address => address is { Length: > 0 }) is { } own)
            return (own, port);
        var key = string.Create(CultureInfo.InvariantCulture, $"{port}/tcp");
        return details.HostConfig?.PortBindings?.GetValueOrDefault(key) is [var binding, ..] ? (daemon, int.Parse(binding.HostPort, CultureInfo.InvariantCulture)) : null;
    }

    private async Task<string?> Get(string host, int port, HttpCheckSpec http, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, string.Create(CultureInfo.InvariantCulture, $"http://{host}:{port}{http.Path}"));
        request.Headers.ConnectionClose = true;
        request.Headers.UserAgent.ParseAdd("ocs-health-check");
        using var response = await _web.SendAsync(request, cancellationToken);
        var status = (int)response.StatusCode;
        var isExpected = http.Status is { } wanted ? status == wanted : status is >= FirstSuccess and <= LastSuccess;
        return isExpected ? null : $"GET {http.Path} answered {status}, expected {(http.Status is { } one ? $"{one}" : $"{FirstSuccess} to {LastSuccess}")}";
    }

    private static async Task<string?> Connect(string host, int port, CancellationToken cancellationToken)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(host, port, cancellationToken);
        return null;
    }
}
