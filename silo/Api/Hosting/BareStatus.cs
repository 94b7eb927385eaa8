using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using OrleansCluster.Silo.Api.Problems;

namespace OrleansCluster.Silo.Api.Hosting;

/// <summary>Explains a status that came without a body.</summary>
internal static class BareStatus
{
    public static Problem ToProblem(HttpContext context)
    {
        var (request, response) = (context.Request, context.Response);
        return response.StatusCode switch
        {
            404 => Problem.Of(ProblemKind.NoSuchRoute, $"{request.Method} {request.Path} leads nowhere; /openapi/v1.json lists the routes."),
            405 => Problem.Of(ProblemKind.MethodNotAllowed, $"{request.Path} takes {response.Headers.Allow}, not {request.Method}."),
            413 => BodyTooLarge(context),
            415 => Problem.Of(ProblemKind.UnsupportedMediaType, $"Send application/json, not {request.ContentType ?? "a body without Content-Type"}."),
            var status => new Problem { Type = "about:blank", Title = ReasonPhrases.GetReasonPhrase(status), Status = status },
        };
    }

    public static Problem BodyTooLarge(HttpContext context)
    {
        var limit = context.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize;
        return Problem.Of(ProblemKind.BodyTooLarge, $"A body may have {limit} bytes at most.");
    }
}
