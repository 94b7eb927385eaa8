using OrleansCluster.Silo.Api.Problems;

namespace OrleansCluster.Silo.Api.Endpoints;

/// <summary>For whoever starts silos, and for load balancers: a silo that is not live is started anew, one that is not ready is left alone.</summary>
internal static class HealthEndpoints
{
    /// <summary>Shorter than probes usually wait.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(3);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/healthz", () => Answers.Ok(new Health("ok")))
            .WithName("health").WithSummary("Answers while the process does, whatever else is wrong.").Produces<Health>().Refuses();
        routes.MapGet("/readyz", CheckReady)
            .WithName("ready").WithSummary("Answers once the silo has joined the others and the store can be reached; 503 says what is in the way.")
            .Produces<Health>().Refuses(503);
    }

    private static async Task<IResult> CheckReady(HttpContext http, IEnumerable<IReadiness> needs, TimeProvider clock)
    {
        var obstacles = new List<string>();
        foreach (var need in needs)
        {
            if (await FindObstacle(need, clock, http.RequestAborted) is { } obstacle)
                obstacles.Add(obstacle);
        }

        return obstacles.Count == 0 ? Answers.Ok(new Health("ready")) : Problem.Of(ProblemKind.Unavailable, $"Not ready: {string.Join("; ", obstacles)}");
    }

    private static async Task<string?> FindObstacle(IReadiness need, TimeProvider clock, CancellationToken cancellationToken)
    {
        try
        {
            return await need.FindObstacle(cancellationToken).WaitAsync(_patience, clock, cancellationToken);
        }
        catch (TimeoutException)
        {
            return $"no answer within {_patience.TotalSeconds:0} s from what {need.GetType().Name} asks";
        }
    }

    internal sealed record Health(string Status);
}
