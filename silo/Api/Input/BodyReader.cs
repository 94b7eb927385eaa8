using Microsoft.AspNetCore.Http.Features;
using OrleansCluster.Silo.Api.Json;
using OrleansCluster.Silo.Api.Problems;

namespace OrleansCluster.Silo.Api.Input;

/// <summary>Reads a request's body; Kestrel's limit bounds it.</summary>
internal static class BodyReader
{
    public static async Task<Input<T>> Read<T>(HttpRequest request)
        where T : class
    {
        // Also what keeps pages of other origins out: a browser asks before it sends this media type elsewhere.
        if (!request.HasJsonContentType())
            return Problem.Of(ProblemKind.UnsupportedMediaType, $"Send application/json, not {request.ContentType ?? "a body without Content-Type"}.");
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, request.HttpContext.RequestAborted);
        return StrictJson.Read<T>(body.GetBuffer().AsMemory(0, (int)body.Length));
    }

    /// <summary>As <see cref="Read"/>; a request without a body stands for <paramref name="absent"/>.</summary>
    public static async Task<Input<T>> ReadOptional<T>(HttpRequest request, T absent)
        where T : class =>
        request.ContentLength is 0 || !request.HttpContext.Features.GetRequiredFeature<IHttpRequestBodyDetectionFeature>().CanHaveBody
            ? absent
            : await Read<T>(request);
}
