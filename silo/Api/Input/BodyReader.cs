using System.Collections.Immutable;
using Microsoft.AspNetCore.Http.Features;
using OrleansCluster.Silo.Api.Json;
using OrleansCluster.Silo.Api.Problems;

namespace OrleansCluster.Silo.Api.Input;

/// <summary>Reads a request's body, up to <see cref="ApiOptions.LargestBody"/>.</summary>
internal static class BodyReader
{
    private const int BufferSize = 16 * 1024;

    public static async Task<Input<T>> Read<T>(HttpRequest request, Func<T, ImmutableArray<Fault>> rules)
        where T : class
    {
        // Also what keeps pages of other origins out: a browser asks before it sends this media type elsewhere.
        if (!request.HasJsonContentType())
            return Problem.Of(ProblemKind.UnsupportedMediaType, $"Send application/json, not {request.ContentType ?? "a body without Content-Type"}.");
        return await ReadBytes(request) is { } body
            ? StrictJson.Read(body, rules)
            : Problem.Of(ProblemKind.BodyTooLarge, $"A body may have {LimitOf(request)} bytes at most.");
    }

    /// <summary><see langword="null"/> when there is more than the limit.</summary>
    public static async Task<ReadOnlyMemory<byte>?> ReadBytes(HttpRequest request)
    {
        var limit = LimitOf(request);
        using var body = new MemoryStream();

        // Not by a conditional expression: null would be taken for an empty array there.
        if (request.ContentLength > limit || !await Fill(body, request, limit))
            return null;
        return body.GetBuffer().AsMemory(0, (int)body.Length);
    }

    /// <summary>As <see cref="Read"/>; a request without a body stands for <paramref name="absent"/>.</summary>
    public static async Task<Input<T>> ReadOptional<T>(HttpRequest request, T absent)
        where T : class =>
        request.ContentLength is 0 || !request.HttpContext.Features.GetRequiredFeature<IHttpRequestBodyDetectionFeature>().CanHaveBody
            ? absent
            : await Read<T>(request, _ => []);

    private static int LimitOf(HttpRequest request) => request.HttpContext.RequestServices.GetRequiredService<ApiOptions>().LargestBody;

    /// <summary>False when there is more than the limit.</summary>
    private static async Task<bool> Fill(MemoryStream body, HttpRequest request, int limit)
    {
        var buffer = new byte[BufferSize];
        while (await request.Body.ReadAsync(buffer, request.HttpContext.RequestAborted) is var count and > 0)
        {
            if (body.Length + count > limit)
                return false;
            body.Write(buffer, 0, count);
        }

        return true;
    }
}
