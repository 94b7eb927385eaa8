using Yarp.ReverseProxy.Forwarder;

namespace OrleansCluster.Silo.Entry;

/// <summary>Sends each request to a task of the service that its Host header names, and on to another one where that does not answer.</summary>
internal sealed class HttpEntry : IDisposable
{
    private const int MostTries = 4;

    private static readonly ForwarderRequestConfig _config = new()
    {
        // Between two bytes in either direction; what takes longer has to say something now and then.
        ActivityTimeout = TimeSpan.FromSeconds(100),
        Version = new Version(1, 1),
        VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
    };

    private readonly EntryOptions _options;
    private readonly ServiceDirectory _directory;
    private readonly IHttpForwarder _forwarder;
    private readonly EntryInstruments _instruments;
    private readonly HttpMessageInvoker _invoker;

    public HttpEntry(EntryOptions options, ServiceDirectory directory, IHttpForwarder forwarder, Connector connector, EntryInstruments instruments)
    {
        (_options, _directory, _forwarder, _instruments) = (options, directory, forwarder, instruments);
        _invoker = new HttpMessageInvoker(new SocketsHttpHandler
        {
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            AutomaticDecompression = System.Net.DecompressionMethods.None,
            ActivityHeadersPropagator = null,
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
            ConnectCallback = async (context, cancellationToken) =>
                new System.Net.Sockets.NetworkStream(await connector.Connect(context.DnsEndPoint, cancellationToken), ownsSocket: true),
        });
    }

    public async Task Handle(HttpContext http)
    {
        if (ServiceAddress.Parse(http.Request.Host.Host, _options.Cluster) is not { } address)
        {
            await Unknown(http, $"The Host header says '{http.Request.Host.Value}', which names no service: expected SERVICE.{_options.Cluster}.{ServiceAddress.Zone}.");
            return;
        }

        ServiceWatch? watch;
        try
        {
            watch = await _directory.Find(address, http.RequestAborted);
        }
        catch (TimeoutException exception)
        {
            await Refuse(http, address, StatusCodes.Status503ServiceUnavailable, "failed", $"Where service {address} is reached could not be found out: {exception.Message}");
            return;
        }

        if (watch is null)
            await Unknown(http, $"There is no service {address.Service} in cluster {address.Cluster}.");
        else
            await Forward(http, watch);
    }

    public void Dispose() => _invoker.Dispose();

    private async Task Forward(HttpContext http, ServiceWatch watch)
    {
        var body = new ObservedBody(http.Request.Body);
        http.Request.Body = body;
        var tried = new List<Destination>(MostTries);
        Exception? last = null;
        while (tried.Count < MostTries && watch.Choose(tried) is { } destination)
        {
            if (tried.Count > 0)
                _instruments.Retried(watch.Address);
            tried.Add(destination);
            if (destination.Reach(containerPort: null) is not { } reached)
                continue;
            var error = await Send(http, destination, $"http://{reached}/");
            if (error == ForwarderError.None)
            {
                _instruments.Ended(watch.Address, "http", "answered");
                return;
            }

            last = http.Features.Get<IForwarderErrorFeature>()?.Exception;
            if (http.RequestAborted.IsCancellationRequested)
            {
                _instruments.Ended(watch.Address, "http", "aborted");
                return;
            }

            // One that has just begun may be reached before it listens.
            if (error == ForwarderError.Request)
                destination.Failed();
            if (!RetryRules.IsWorthAnother(error, last, http.Request.Method, http.Response.HasStarted, body.IsRead))
            {
                await Failed(http, watch.Address, last);
                return;
            }

            http.Response.Clear();
        }

        if (last is not null)
            await Failed(http, watch.Address, last);
        else
            await Refuse(http, watch.Address, StatusCodes.Status503ServiceUnavailable, "no task", $"Service {watch.Address} has no healthy task that publishes a TCP port.");
    }

    private async Task<ForwarderError> Send(HttpContext http, Destination destination, string prefix)
    {
        destination.Enter();
        try
        {
            return await _forwarder.SendAsync(http, prefix, _invoker, _config, EntryTransformer.Instance);
        }
        finally
        {
            destination.Leave();
        }
    }

    private Task Failed(HttpContext http, ServiceAddress address, Exception? cause)
    {
        var status = http.Response.StatusCode >= StatusCodes.Status500InternalServerError ? http.Response.StatusCode : StatusCodes.Status502BadGateway;
        return Refuse(http, address, status, "failed", $"No task of service {address} has answered: {cause?.GetBaseException().Message}");
    }

    private Task Unknown(HttpContext http, string text)
    {
        _instruments.Unknown("http");
        return Explain(http, StatusCodes.Status404NotFound, text);
    }

    private Task Refuse(HttpContext http, ServiceAddress address, int status, string outcome, string text)
    {
        _instruments.Ended(address, "http", outcome);
        return Explain(http, status, text);
    }

    private static async Task Explain(HttpContext http, int status, string text)
    {
        if (http.Response.HasStarted)
            return;
        http.Response.Clear();
        http.Response.StatusCode = status;
        http.Response.ContentType = "text/plain; charset=utf-8";
        http.Response.Headers.CacheControl = "no-store";
        await http.Response.WriteAsync(text + "\n", http.RequestAborted);
    }
}
