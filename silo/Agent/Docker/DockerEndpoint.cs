using System.Net;
using System.Net.Sockets;

namespace OrleansCluster.Silo.Agent.Docker;

/// <summary>Where a Docker daemon listens: a Unix socket, or TCP without TLS.</summary>
internal sealed record DockerEndpoint
{
    private const string SystemSocket = "unix:///var/run/docker.sock";
    private readonly EndPoint _address;

    private DockerEndpoint(string text, EndPoint address)
    {
        Text = text;
        _address = address;
    }

    /// <summary>As it stands in <c>DOCKER_HOST</c>.</summary>
    public string Text { get; }

    /// <summary>The daemon's machine; <see langword="null"/> where it is this one.</summary>
    public string? Host => (_address as DnsEndPoint)?.Host;

    /// <summary>A socket's file means a daemon on this very host.</summary>
    public bool IsLocal => _address is UnixDomainSocketEndPoint;

    /// <param name="dockerHost">The value of <c>DOCKER_HOST</c>; the system's own socket when it is empty.</param>
    public static DockerEndpoint Parse(string? dockerHost)
    {
        var text = string.IsNullOrWhiteSpace(dockerHost) ? SystemSocket : dockerHost.Trim();
        if (text.StartsWith("unix://", StringComparison.Ordinal) && text.Length > "unix://".Length)
            return new DockerEndpoint(text, new UnixDomainSocketEndPoint(text["unix://".Length..]));
        if (Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri is { Scheme: "tcp", Host.Length: > 0, Port: > 0 })
            return new DockerEndpoint(text, new DnsEndPoint(uri.Host, uri.Port));
        throw new FormatException(
            $"DOCKER_HOST is '{text}': unix:///path/to.sock or tcp://host:port was expected "
            + "(TLS, ssh:// and named pipes are not supported).");
    }

    public async ValueTask<Stream> Connect(CancellationToken cancellationToken)
    {
        var socket = _address is UnixDomainSocketEndPoint
            ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
            : new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(_address, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public override string ToString() => Text;
}
