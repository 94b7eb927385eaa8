using System.Buffers;
using System.Net.Sockets;

namespace OrleansCluster.Silo.Entry;

/// <summary>Carries bytes between two connections, both ways, until both sides have said that they are done, or one is broken.</summary>
internal static class TcpRelay
{
    private const int BufferBytes = 16 * 1024;

    public static async Task Run(Socket one, Socket other, CancellationToken cancellationToken)
    {
        using var broken = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAll(Carry(one, other, broken), Carry(other, one, broken));
    }

    /// <summary>A side that sends nothing more may still read: its end is passed on as such.</summary>
    private static async Task Carry(Socket from, Socket to, CancellationTokenSource broken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            for (var count = await from.ReceiveAsync(buffer.AsMemory(), broken.Token); count > 0; count = await from.ReceiveAsync(buffer.AsMemory(), broken.Token))
                await Send(to, buffer.AsMemory(0, count), broken.Token);
            to.Shutdown(SocketShutdown.Send);
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            await broken.CancelAsync();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static async Task Send(Socket to, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        while (!bytes.IsEmpty)
            bytes = bytes[await to.SendAsync(bytes, cancellationToken)..];
    }
}
