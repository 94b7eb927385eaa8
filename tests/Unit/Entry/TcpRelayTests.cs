using System.Net;
using System.Net.Sockets;
using System.Text;
using OrleansCluster.Silo.Entry;

namespace OrleansCluster.Tests.Unit.Entry;

public sealed class TcpRelayTests
{
    private readonly CancellationTokenSource _patience = new(TimeSpan.FromSeconds(30));

    [Fact]
    public async Task Run_CallerHasSaidAllAndWaits_StillGetsTheAnswer()
    {
        var (caller, entrance) = await Connect();
        var (exit, task) = await Connect();
        var relay = TcpRelay.Run(entrance, exit, _patience.Token);

        await caller.SendAsync("ask"u8.ToArray());
        caller.Shutdown(SocketShutdown.Send);
        Assert.Equal("ask", await ReadToEnd(task));
        await task.SendAsync("answer"u8.ToArray());
        task.Shutdown(SocketShutdown.Send);

        Assert.Equal("answer", await ReadToEnd(caller));
        await relay.WaitAsync(_patience.Token);
    }

    [Fact]
    public async Task Run_TaskBreaksOff_EndsForBoth()
    {
        var (caller, entrance) = await Connect();
        var (exit, task) = await Connect();
        var relay = TcpRelay.Run(entrance, exit, _patience.Token);

        task.LingerState = new LingerOption(enable: true, seconds: 0);
        task.Dispose();

        await relay.WaitAsync(_patience.Token);
        caller.Dispose();
    }

    private async Task<string> ReadToEnd(Socket socket)
    {
        using var all = new MemoryStream();
        var buffer = new byte[1024];
        for (var count = await socket.ReceiveAsync(buffer, _patience.Token); count > 0; count = await socket.ReceiveAsync(buffer, _patience.Token))
            all.Write(buffer, 0, count);
        return Encoding.ASCII.GetString(all.ToArray());
    }

    private async Task<(Socket One, Socket Other)> Connect()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var one = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await one.ConnectAsync(listener.LocalEndpoint, _patience.Token);
        return (one, await listener.AcceptSocketAsync(_patience.Token));
    }
}
