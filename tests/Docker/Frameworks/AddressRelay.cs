using System.Net;
using System.Net.Sockets;

namespace OrleansCluster.Tests.Docker.Frameworks;

/// <summary>
/// The address of a cluster as a load balancer keeps it: connections go to the silo that is there, and wait for one while there is none, since a client that is refused once gives up.
/// </summary>
internal sealed class AddressRelay : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _ending = new();
    private readonly Task _loop;
    private TaskCompletionSource<IPEndPoint> _target = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public AddressRelay()
    {
        _listener.Start();
        _loop = Accept();
    }

    public Uri Address => new($"http://{_listener.LocalEndpoint}");

    public void GoTo(Uri silo) => _target.SetResult(new IPEndPoint(IPAddress.Parse(silo.Host), silo.Port));

    public void GoNowhere() => _target = new TaskCompletionSource<IPEndPoint>(TaskCreationOptions.RunContinuationsAsynchronously);

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        _listener.Stop();
        await _loop;
        _ending.Dispose();
    }

    private async Task Accept()
    {
        try
        {
            while (true)
                _ = Relay(await _listener.AcceptTcpClientAsync(_ending.Token));
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Its end.
        }
    }

    private async Task Relay(TcpClient client)
    {
        using (client)
        {
            try
            {
                using var silo = new TcpClient();
                await silo.ConnectAsync(await _target.Task.WaitAsync(_ending.Token), _ending.Token);
                await Task.WhenAny(Copy(client, silo), Copy(silo, client));
            }
            catch (Exception exception) when (exception is OperationCanceledException or SocketException)
            {
                // The client hears of it by the end of its connection.
            }
        }
    }

    /// <summary>Until either side ends, by itself or by force.</summary>
    private async Task Copy(TcpClient from, TcpClient to)
    {
        try
        {
            await from.GetStream().CopyToAsync(to.GetStream(), _ending.Token);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            // The same.
        }
    }
}
