using Orleans.Storage;
using OrleansCluster.Grains.Storage;
using OrleansCluster.Silo.Api.Problems;

namespace OrleansCluster.Silo.Api.Hosting;

/// <summary>Makes a problem of everything that ends without an answer: exceptions, and the bare statuses of routing and of the server.</summary>
internal sealed partial class ProblemMiddleware(RequestDelegate next, ILogger<ProblemMiddleware> logger)
{
    private const string RetryAfterSeconds = "1";

    public async Task InvokeAsync(HttpContext context)
    {
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers.CacheControl = "no-store";
        try
        {
            await next(context);
            if (IsBare(context.Response))
                await BareStatus.ToProblem(context).ExecuteAsync(context);
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there to be told.
        }
        catch (Exception exception) when (!context.Response.HasStarted)
        {
            await ToProblem(context, exception).ExecuteAsync(context);
        }
    }

    private Problem ToProblem(HttpContext context, Exception exception)
    {
        switch (exception)
        {
            case BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } bad:
                return Problem.Of(ProblemKind.BodyTooLarge, bad.Message);
            case BadHttpRequestException other:
                return Problem.Of(ProblemKind.BadRequest, other.Message);
            case TimeoutException or StoreUnavailableException or OrleansMessageRejectionException or InconsistentStateException:
                LogUnavailable(logger, exception, context.Request.Method, context.Request.Path);
                context.Response.Headers.RetryAfter = RetryAfterSeconds;
                return Problem.Of(ProblemKind.Unavailable, "The request may or may not have taken effect. Repeat it; a submission with the same Idempotency-Key.");
            default:
                LogFailure(logger, exception, context.Request.Method, context.Request.Path, context.TraceIdentifier);
                return Problem.Of(ProblemKind.Internal, $"The silo's log says more about request {context.TraceIdentifier}.");
        }
    }

    private static bool IsBare(HttpResponse response) =>
        response is { HasStarted: false, StatusCode: >= 400, ContentType: null, ContentLength: null or 0 };

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Method} {Path} found the cluster unavailable")]
    private static partial void LogUnavailable(ILogger logger, Exception exception, string method, string path);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed (request {Request})")]
    private static partial void LogFailure(ILogger logger, Exception exception, string method, string path, string request);
}
