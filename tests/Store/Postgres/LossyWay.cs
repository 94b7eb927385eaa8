using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Npgsql;

namespace OrleansCluster.Tests.Store.Postgres;

/// <summary>Stands between a store and its server, and can lose answers and connections.</summary>
internal sealed class LossyWay : IDisposable
{
    private readonly NpgsqlConnectionStringBuilder _server;
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("ocs-way-");
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly ConcurrentBag<Socket> _sockets = [];
    private volatile string? _swallowed;

    public LossyWay(NpgsqlConnectionStringBuilder server)
    {
        Assert.SkipUnless(server.Host?.StartsWith('/') == true, "the server is not reached by a Unix socket");
        _server = server;
        _listener.Bind(new UnixDomainSocketEndPoint(PathIn(_directory.FullName)));
        _listener.Listen();
        _ = Accept();
    }

    public string ConnectionString => new NpgsqlConnectionStringBuilder(_server.ConnectionString) { Host = _directory.FullName }.ToString();

    /// <summary>From the next message with this text on, its connection hears nothing any more.</summary>
    public void SwallowAnswersTo(string text) => _swallowed = text;

    /// <summary>Ends all connections that there are; new ones are as they should be.</summary>
    public void Cut()
    {
        _swallowed = null;
        while (_sockets.TryTake(out var socket))
            socket.Dispose();
    }

    public void Dispose()
    {
        _listener.Dispose();
        Cut();
        _directory.Delete(recursive: true);
    }

    private string PathIn(string directory) => Path.Combine(directory, ".s.PGSQL." + _server.Port.ToString(CultureInfo.InvariantCulture));

    private async Task Accept()
    {
        while (true)
        {
            var client = await _listener.AcceptAsync();
            var server = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await server.ConnectAsync(new UnixDomainSocketEndPoint(PathIn(_server.Host!)));
            _sockets.Add(client);
            _sockets.Add(server);
            var isSilent = false;
            _ = Copy(client, server, sent => isSilent |= _swallowed is { } text && Encoding.ASCII.GetString(sent).Contains(text, StringComparison.Ordinal), () => false);
            _ = Copy(server, client, _ => { }, () => isSilent);
        }
    }

    private static async Task Copy(Socket from, Socket to, Action<byte[]> look, Func<bool> isSilent)
    {
        var buffer = new byte[65_536];
        try
        {
            while (await from.ReceiveAsync(buffer) is > 0 and var count)
            {
                look(buffer[..count]);
                if (!isSilent())
                    await to.SendAsync(buffer.AsMemory(0, count));
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // Cut.
        }

        to.Dispose();
    }
}
