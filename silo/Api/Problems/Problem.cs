using System.Collections.Immutable;
using System.Text.Json;

namespace OrleansCluster.Silo.Api.Problems;

/// <summary>Every answer that is not a success: RFC 9457 problem details, with all faults found.</summary>
internal sealed record Problem : IResult
{
    public const string MediaType = "application/problem+json";

    /// <summary><c>urn:ocs:problem:NAME</c>, stable.</summary>
    public required string Type { get; init; }
    public required string Title { get; init; }
    public required int Status { get; init; }
    public string? Detail { get; init; }
    public ImmutableArray<Fault> Faults { get; init; } = [];

    public static Problem Of(ProblemKind kind, string detail, params ImmutableArray<Fault> faults) =>
        new() { Type = kind.Type, Title = kind.Title, Status = kind.Status, Detail = detail, Faults = faults };

    public static Problem Of(Refusal refusal)
    {
        var kind = refusal.Kind switch
        {
            RefusalKind.Invalid => ProblemKind.InvalidInput,
            RefusalKind.NotFound => ProblemKind.NotFound,
            RefusalKind.Throttled => ProblemKind.TooManyRequests,
            _ => ProblemKind.Conflict,
        };
        return Of(kind, refusal.Title, refusal.Faults);
    }

    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = Status;
        if (Status == StatusCodes.Status401Unauthorized)
            httpContext.Response.Headers.WWWAuthenticate = "Bearer";

        // A call at the least flows in each second.
        if (Status == StatusCodes.Status429TooManyRequests)
            httpContext.Response.Headers.RetryAfter = "1";
        httpContext.Response.ContentType = MediaType;
        return JsonSerializer.SerializeAsync(httpContext.Response.Body, this, ClusterJson.Options, httpContext.RequestAborted);
    }
}
