using System.Collections.Immutable;
using System.Text.Json;

namespace OrleansCluster.Client.Http;

/// <summary>Makes the exception of an answer that is no success, whatever its body is: proxies do not speak RFC 9457.</summary>
internal static class ProblemReader
{
    public static async Task<ClusterApiException> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var status = (int)response.StatusCode;
        var body = await response.Content.ReadAsStringAsync(cancellationToken);
        var problem = response.Content.Headers.ContentType?.MediaType is "application/problem+json" or "application/json" ? Parse(body) : null;
        return new ClusterApiException(
            status,
            problem?.Title ?? $"Status {status} {response.ReasonPhrase} for {response.RequestMessage?.RequestUri?.AbsolutePath}",
            problem?.Detail,
            problem?.Faults ?? [])
        {
            Type = problem?.Type ?? "about:blank",
        };
    }

    private static Problem? Parse(string body)
    {
        try
        {
            return JsonSerializer.Deserialize<Problem>(body, ClusterJson.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed record Problem
    {
        public string? Type { get; init; }
        public string? Title { get; init; }
        public string? Detail { get; init; }
        public ImmutableArray<Fault>? Faults { get; init; }
    }
}
