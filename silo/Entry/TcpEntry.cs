using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using OrleansCluster.Grains.Runtime;

namespace OrleansCluster.Silo.Entry;

/// <summary>Listens for connections to services and joins each to a task. A connection lives as long as its task: what begins anew finds another one.</summary>
internal sealed partial class TcpEntry(
    EntryOptions options, ServiceDirectory directory, Connector connector, EntryInstruments instruments, LoopRunner loops, ILogger<TcpEntry> logger) : IHostedService
{
    private const int MostConnections = 10_000;
    private const int MostTries = 4;
    private const int Backlog = 512;

    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentDictionary<Socket, Task> _connections = [];
    private readonly List<Socket> _listeners = [];
    private Task _accepting = Task.CompletedTask;

    /// <summary>Where it listens, in the order of the options, once it has started.</summary>
    public IEnumerable<IPEndPoint> Addresses => _listeners.Select(listener => (IPEndPoint)listener.LocalEndPoint!);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var entry in options.Tcp)
        {
            var listener = new Socket(entry.Listen.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            _listeners.Add(listener);
            listener.Bind(entry.Listen);
            listener.Listen(Backlog);
            LogListening(logger, entry.Service, (IPEndPoint)listener.LocalEndPoint!);
        }

        _accepting = Task.WhenAll(options.Tcp.Zip(_listeners).Select(pair => loops.Run("entry", pair.First.Service.ToString(), token => Accept(pair.First, pair.Second, token), _stopping.Token)));
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await _accepting;
        foreach (var listener in _listeners)
            listener.Dispose();
        await Task.WhenAll(_connections.Values);
        _stopping.Dispose();
    }

    private async Task Accept(TcpEntryOptions entry, Socket listener, CancellationToken cancellationToken)
    {
        var caller = await listener.AcceptAsync(cancellationToken);
        if (_connections.Count >= MostConnections)
            caller.Dispose();
        else if ((_connections[caller] = Serve(entry, caller, cancellationToken)).IsCompleted)
            _connections.TryRemove(caller, out _);
    }

    private async Task Serve(TcpEntryOptions entry, Socket caller, CancellationToken cancellationToken)
    {
        // The accepting loop goes on at once.
        await Task.Yield();
        try
        {
            caller.NoDelay = true;
            caller.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, optionValue: true);
            instruments.Ended(entry.Service, "tcp", await Join(entry, caller, cancellationToken));
        }
        catch (Exception exception) when (exception is TimeoutException or SocketException or OperationCanceledException)
        {
            instruments.Ended(entry.Service, "tcp", "failed");
        }
        finally
        {
            caller.Dispose();
            _connections.TryRemove(caller, out _);
        }
    }

    /// <returns>What became of it.</returns>
    private async Task<string> Join(TcpEntryOptions entry, Socket caller, CancellationToken cancellationToken)
    {
        if (await directory.Find(entry.Service, cancellationToken) is not { } watch)
            return "unknown";
        var tried = new List<Destination>(MostTries);
        while (tried.Count < MostTries && watch.Choose(tried) is { } destination)
        {
            if (tried.Count > 0)
                instruments.Retried(entry.Service);
            tried.Add(destination);
            if (await Reach(destination, entry.ContainerPort, cancellationToken) is not { } task)
                continue;
            using (task)
                await Carry(caller, task, destination, cancellationToken);
            return "answered";
        }

        return tried.Count == 0 ? "no task" : "failed";
    }

    private static async Task Carry(Socket caller, Socket task, Destination destination, CancellationToken cancellationToken)
    {
        destination.Enter();
        try
        {
            await TcpRelay.Run(caller, task, cancellationToken);
        }
        finally
        {
            destination.Leave();
        }
    }

    private async Task<Socket?> Reach(Destination destination, int? containerPort, CancellationToken cancellationToken)
    {
        if (destination.Reach(containerPort) is not { } endpoint)
            return null;
        try
        {
            return await connector.Connect(endpoint, cancellationToken);
        }
        catch (SocketException)
        {
            destination.Failed();
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Connections to service {Service} are let in at {Address}")]
    private static partial void LogListening(ILogger logger, ServiceAddress service, IPEndPoint address);
}
