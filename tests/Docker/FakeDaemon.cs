using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using OrleansCluster.Silo.Agent.Docker;

namespace OrleansCluster.Tests.Docker;

/// <summary>Answers as a daemon might, over TCP: for what a real one cannot be made to do.</summary>
internal sealed class FakeDaemon : IAsyncDisposable
{
    private readonly WebApplication _app;

    private FakeDaemon(WebApplication app) => _app = app;

    /// <summary>In the order of their arrival, but for the pings.</summary>
    public System.Collections.Concurrent.ConcurrentQueue<string> Requests { get; } = [];

    public DockerOptions Options { get; private set; } = null!;

    /// <param name="answer">Of everything but the ping.</param>
    public static async Task<FakeDaemon> Start(string apiVersion, RequestDelegate answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var daemon = new FakeDaemon(builder.Build());
        daemon._app.Run(async context =>
        {
            if (context.Request.Path == "/_ping")
            {
                context.Response.Headers["Api-Version"] = apiVersion;
                return;
            }

            daemon.Requests.Enqueue($"{context.Request.Method} {context.Request.Path}{context.Request.QueryString}");
            await answer(context);
        });
        await daemon._app.StartAsync();
        var url = daemon._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        daemon.Options = Daemon.Options with
        {
            Endpoint = DockerEndpoint.Parse(url.Replace("http://", "tcp://", StringComparison.Ordinal)),
        };
        return daemon;
    }

    public DockerRuntime Runtime(TimeProvider clock) => new(Options, clock, NullLogger<DockerRuntime>.Instance);

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();
}
