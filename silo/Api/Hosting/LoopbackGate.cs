using System.Net;
using OrleansCluster.Silo.Api.Problems;

namespace OrleansCluster.Silo.Api.Hosting;

/// <summary>
/// Turns away what a browser brings in from elsewhere: names that were made to resolve to loopback (DNS rebinding), and pages of other origins.
/// Not the framework's host filtering, which answers in HTML.
/// </summary>
internal static class LoopbackGate
{
    public static Task Pass(HttpContext context, RequestDelegate next) =>
        Judge(context.Request) is { } problem ? problem.ExecuteAsync(context) : next(context);

    private static Problem? Judge(HttpRequest request)
    {
        if (!IsLoopback(request.Host.Host))
            return Problem.Of(ProblemKind.UntrustedHost, $"The Host header says {request.Host}; this API answers on loopback only.");
        var origin = request.Headers.Origin;
        if (origin.Count > 0 && origin != $"{request.Scheme}://{request.Host}")
            return Problem.Of(ProblemKind.UntrustedOrigin, $"The request comes from a page of {origin}.");
        return null;
    }

    private static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
