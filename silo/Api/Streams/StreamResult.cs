using OrleansCluster.Silo.Api.Problems;

namespace OrleansCluster.Silo.Api.Streams;

/// <summary>An answer that goes on until its source ends, the caller leaves, or the silo stops.</summary>
internal sealed class StreamResult(string mediaType, Func<HttpResponse, CancellationToken, Task> write) : IResult
{
    private const string RetryAfterSeconds = "5";

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var services = httpContext.RequestServices;
        using var place = services.GetRequiredService<StreamGate>().TryEnter();
        if (place is null)
        {
            var most = services.GetRequiredService<ApiOptions>().MostStreams;
            httpContext.Response.Headers.RetryAfter = RetryAfterSeconds;
            await Problem.Of(ProblemKind.TooManyStreams, $"{most} streams are open, which is the limit. Close some, or come back later.").ExecuteAsync(httpContext);
            return;
        }

        // Without the second token an open stream would hold up the silo's stop until the host's time-out.
        var stopping = services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(httpContext.RequestAborted, stopping);
        httpContext.Response.ContentType = mediaType;
        try
        {
            await httpContext.Response.Body.FlushAsync(ending.Token);
            await write(httpContext.Response, ending.Token);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // The end that streams have.
        }
    }
}
