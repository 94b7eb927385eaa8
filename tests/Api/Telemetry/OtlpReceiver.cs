using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace OrleansCluster.Tests.Api.Telemetry;

/// <summary>Takes whatever is sent to it by OTLP, in either form, and keeps the bodies. Strings are plain UTF-8 in protobuf, so text can be looked for.</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly ConcurrentQueue<(string Path, string Body)> _received = [];
    private readonly WebApplication _app;

    private OtlpReceiver(HttpProtocols protocol)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.Services.Configure<KestrelServerOptions>(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = protocol));
        _app = builder.Build();
        _app.Run(protocol == HttpProtocols.Http2 ? TakeGrpc : Take);
    }

    public string Address => _app.Urls.First();

    public static async Task<OtlpReceiver> Start(HttpProtocols protocol)
    {
        var receiver = new OtlpReceiver(protocol);
        await receiver._app.StartAsync();
        return receiver;
    }

    /// <summary>All that was sent to a path, one after the other.</summary>
    public string At(string path) => string.Join('\n', _received.Where(r => r.Path == path).Select(r => r.Body));

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task Take(HttpContext http)
    {
        Assert.Equal("application/x-protobuf", http.Request.ContentType);
        await Keep(http);
    }

    private async Task TakeGrpc(HttpContext http)
    {
        await Keep(http);
        http.Response.ContentType = "application/grpc";

        // An empty message: not compressed, no bytes.
        await http.Response.Body.WriteAsync(new byte[5]);
        http.Response.AppendTrailer("grpc-status", "0");
    }

    private async Task Keep(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        _received.Enqueue((http.Request.Path, Encoding.UTF8.GetString(body.ToArray())));
    }
}
