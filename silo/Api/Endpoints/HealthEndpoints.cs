using OrleansCluster.Grains.Storage;
using OrleansCluster.Silo.Api.Input;

namespace OrleansCluster.Silo.Api.Endpoints;

internal static class HealthEndpoints
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/healthz", Check).WithName("health").WithSummary("Answers once the store does.").Produces<Health>().Refuses();

    private static async Task<IResult> Check(HttpContext http, ITransactionalStore store)
    {
        await store.LastEvent(ApiNames.DefaultCluster, http.RequestAborted);
        return Answers.Ok(new Health("ok"));
    }

    internal sealed record Health(string Status);
}
