using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Amazon.Runtime;
using Amazon.S3;
using OrleansCluster.Silo.Checkpoints;

namespace OrleansCluster.Tests.Api.Checkpoints;

/// <summary>An S3 of Python's moto, in a process of its own; without it the tests that need it are skipped.</summary>
public sealed class MotoServer : IAsyncLifetime
{
    private const string Bucket = "checkpoints";
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);
    private Process? _server;

    internal CheckpointLocation Location { get; private set; } = new();

    public async ValueTask InitializeAsync()
    {
        if (!await Runs("-c", "import moto.server, flask"))
            return;
        var port = FreePort();
        _server = Start("-m", "moto.server", "-H", "127.0.0.1", "-p", $"{port}");
        Location = CheckpointLocation.Parse($"s3://{Bucket}/lab?endpoint=http://127.0.0.1:{port}");

        // Amazon's SDK finds them there.
        Environment.SetEnvironmentVariable("AWS_ACCESS_KEY_ID", "test");
        Environment.SetEnvironmentVariable("AWS_SECRET_ACCESS_KEY", "test");
        await CreateBucket();
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is null)
            return;
        _server.Kill(entireProcessTree: true);
        await _server.WaitForExitAsync();
        _server.Dispose();
    }

    public void SkipIfAway() => Assert.SkipWhen(_server is null, "no S3 to test with: python3 has no moto.server (pip install 'moto[server]')");

    private async Task CreateBucket()
    {
        using var client = new AmazonS3Client(new BasicAWSCredentials("test", "test"), new AmazonS3Config { ServiceURL = Location.Endpoint, ForcePathStyle = true, MaxErrorRetry = 0 });
        using var patience = new CancellationTokenSource(_patience, TimeProvider.System);
        while (true)
        {
            try
            {
                await client.PutBucketAsync(Bucket, patience.Token);
                return;
            }
            catch (Exception exception) when (exception is HttpRequestException or AmazonClientException && !patience.IsCancellationRequested)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, patience.Token);
            }
        }
    }

    private static async Task<bool> Runs(params string[] arguments)
    {
        try
        {
            using var process = Start(arguments);
            await process.WaitForExitAsync();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private static Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("python3") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        var process = Process.Start(start)!;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
