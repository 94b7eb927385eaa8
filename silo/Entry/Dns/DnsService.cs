using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using OrleansCluster.Grains.Runtime;

namespace OrleansCluster.Silo.Entry.Dns;

/// <summary>Takes questions for services over UDP and TCP, at one address. Whatever comes in, it goes on.</summary>
internal sealed partial class DnsService(EntryOptions options, DnsResolver resolver, LoopRunner loops, TimeProvider clock, ILogger<DnsService> logger) : IHostedService
{
    /// <summary>Answered at a time; what comes beyond waits in the socket's own queue, and is dropped when that is full.</summary>
    private const int MostAtOnce = 256;
    private const int LongestQuery = 4096;
    private const int Backlog = 128;

    private const int MostTries = 20;
    private static readonly TimeSpan _longestConnection = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource _stopping = new();
    private readonly SemaphoreSlim _room = new(MostAtOnce);
    private readonly List<Socket> _sockets = [];
    private Task _running = Task.CompletedTask;

    /// <summary>Where it listens, once it has started.</summary>
    public IPEndPoint? Address { get; private set; }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Dns is not { } endpoint)
            return Task.CompletedTask;
        var (udp, tcp) = BindBoth(endpoint);
        Address = (IPEndPoint)udp.LocalEndPoint!;
        tcp.Listen(Backlog);
        LogListening(logger, Address);
        _running = Task.WhenAll(
            loops.Run("dns", "udp", token => Receive(udp, token), _stopping.Token),
            loops.Run("dns", "tcp", token => Accept(tcp, token), _stopping.Token));
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await _running;

        // Whoever is being answered has all of the room.
        for (var i = 0; i < MostAtOnce; i++)
            await _room.WaitAsync(CancellationToken.None);
        foreach (var socket in _sockets)
            socket.Dispose();
        _room.Dispose();
        _stopping.Dispose();
    }

    /// <summary>One port of both kinds. Where the system chooses the one, the other may be taken: then it chooses again.</summary>
    private (Socket Udp, Socket Tcp) BindBoth(IPEndPoint endpoint)
    {
        for (var tries = 1; ; tries++)
        {
            var udp = Bind(endpoint, SocketType.Dgram, ProtocolType.Udp);
            try
            {
                return (udp, Bind((IPEndPoint)udp.LocalEndPoint!, SocketType.Stream, ProtocolType.Tcp));
            }
            catch (SocketException exception) when (exception.SocketErrorCode == SocketError.AddressAlreadyInUse && endpoint.Port == 0 && tries < MostTries)
            {
                foreach (var socket in _sockets)
                    socket.Dispose();
                _sockets.Clear();
            }
        }
    }

    private Socket Bind(IPEndPoint endpoint, SocketType type, ProtocolType protocol)
    {
        var socket = new Socket(endpoint.AddressFamily, type, protocol);
        _sockets.Add(socket);
        socket.Bind(endpoint);
        return socket;
    }

    private async Task Receive(Socket udp, CancellationToken cancellationToken)
    {
        await _room.WaitAsync(cancellationToken);
        var buffer = new byte[LongestQuery];
        SocketReceiveFromResult received;
        try
        {
            received = await udp.ReceiveFromAsync(buffer.AsMemory(), new IPEndPoint(options.Dns!.AddressFamily == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any, 0), cancellationToken);
        }
        catch
        {
            _room.Release();
            throw;
        }

        _ = InRoom(async () =>
        {
            var answer = await resolver.Answer(buffer.AsMemory(0, received.ReceivedBytes), DnsAnswer.UdpBytes, cancellationToken);
            if (!answer.IsEmpty)
                await udp.SendToAsync(answer, received.RemoteEndPoint, cancellationToken);
        });
    }

    private async Task Accept(Socket tcp, CancellationToken cancellationToken)
    {
        await _room.WaitAsync(cancellationToken);
        Socket caller;
        try
        {
            caller = await tcp.AcceptAsync(cancellationToken);
        }
        catch
        {
            _room.Release();
            throw;
        }

        _ = InRoom(() => Serve(caller, cancellationToken));
    }

    /// <summary>Never throws: nobody looks at its end.</summary>
    private async Task InRoom(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or IOException)
        {
            // Whoever asked has gone, or takes too long.
        }
        catch (Exception exception)
        {
            LogFailed(logger, exception);
        }
        finally
        {
            _room.Release();
        }
    }

    /// <summary>Questions and answers come after their lengths (RFC 1035, 4.2.2), several one after the other.</summary>
    private async Task Serve(Socket caller, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(_longestConnection, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        await using var stream = new NetworkStream(caller, ownsSocket: true);
        var length = new byte[2];
        while (await stream.ReadAtLeastAsync(length, length.Length, throwOnEndOfStream: false, either.Token) == length.Length)
        {
            var query = new byte[BinaryPrimitives.ReadUInt16BigEndian(length)];
            if (query.Length > LongestQuery)
                return;
            await stream.ReadExactlyAsync(query, either.Token);
            var answer = await resolver.Answer(query, DnsAnswer.TcpBytes, either.Token);
            if (answer.IsEmpty)
                return;
            BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)answer.Length);
            await stream.WriteAsync((byte[])[.. length, .. answer.Span], either.Token);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Names of services are answered at {Address}")]
    private static partial void LogListening(ILogger logger, IPEndPoint address);

    [LoggerMessage(Level = LogLevel.Error, Message = "A question for a name has failed")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
