using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace OrleansCluster.Silo.Entry;

/// <summary>Listens for HTTP requests to services: a server of its own, so that nothing of the API can be reached there.</summary>
internal sealed partial class HttpEntryService(EntryOptions options, HttpEntry entry, ILoggerFactory loggers) : IHostedService
{
    private const int MostConnections = 10_000;

    private WebApplication? _app;

    /// <summary>Where it listens, once it has started.</summary>
    public Uri? Address { get; private set; }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Http is not { } endpoint)
            return;
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton(loggers);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Configure(kestrel, endpoint));
        _app = builder.Build();
        _app.Run(entry.Handle);
        await _app.StartAsync(cancellationToken);
        Address = new Uri(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        LogListening(loggers.CreateLogger<HttpEntryService>(), Address);
    }

    /// <summary>Requests under way have until the token is cancelled.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_app is null)
            return;
        await _app.StopAsync(cancellationToken);
        await _app.DisposeAsync();
    }

    private static void Configure(KestrelServerOptions kestrel, IPEndPoint endpoint)
    {
        // Services speak HTTP/1.1, so that an upgrade (WebSocket) goes through.
        kestrel.Listen(endpoint, listen => listen.Protocols = HttpProtocols.Http1);
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxConcurrentConnections = MostConnections;
        kestrel.Limits.MaxConcurrentUpgradedConnections = MostConnections;

        // How long a body may be is the service's to say; it goes through and is kept nowhere.
        kestrel.Limits.MaxRequestBodySize = null;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Requests to services are let in at {Address}")]
    private static partial void LogListening(ILogger logger, Uri address);
}
