using System.Net;
using System.Net.Sockets;

namespace OrleansCluster.Silo.Entry;

/// <summary>Connects to tasks, or says soon that one cannot be reached: a host that is gone answers nothing at all.</summary>
internal sealed class Connector(TimeProvider clock)
{
    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(2);

    /// <exception cref="SocketException">It cannot be reached.</exception>
    public async Task<Socket> Connect(EndPoint endpoint, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        using var limit = new CancellationTokenSource(_longest, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            await socket.ConnectAsync(endpoint, either.Token);
            return socket;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            socket.Dispose();
            throw new SocketException((int)SocketError.TimedOut);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
