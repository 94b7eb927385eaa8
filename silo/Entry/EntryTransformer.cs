using Yarp.ReverseProxy.Forwarder;

namespace OrleansCluster.Silo.Entry;

/// <summary>Requests go on as they came, the Host header included, and say where they came from. What a caller says of that itself is not believed.</summary>
internal sealed class EntryTransformer : HttpTransformer
{
    public static EntryTransformer Instance { get; } = new();

    public override async ValueTask TransformRequestAsync(HttpContext context, HttpRequestMessage request, string destinationPrefix, CancellationToken cancellationToken)
    {
        await base.TransformRequestAsync(context, request, destinationPrefix, cancellationToken);
        Set(request, "X-Forwarded-For", context.Connection.RemoteIpAddress?.ToString());
        Set(request, "X-Forwarded-Host", context.Request.Host.Value);
        Set(request, "X-Forwarded-Proto", context.Request.Scheme);
    }

    private static void Set(HttpRequestMessage request, string name, string? value)
    {
        request.Headers.Remove(name);
        if (value is not null)
            request.Headers.TryAddWithoutValidation(name, value);
    }
}
