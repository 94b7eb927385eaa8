using OrleansCluster.Silo.Api.Input;

namespace OrleansCluster.Silo.Api.Endpoints;

internal static class ServiceEndpointListEndpoints
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/services/{name}/endpoints", Get)
            .Describe(
                "getServiceEndpoints",
                "Lists where a service is reached: its tasks that run, are healthy and are to stay. With \"version\" and \"wait\" it answers once the list is another one.",
                QueryParameters.Version, QueryParameters.Wait)
            .Produces<ServiceEndpoints>().Refuses(404);

    private static async Task<IResult> Get(string name, HttpContext http, IGrainFactory grains, LongPoll poll)
    {
        var query = new QueryReader(http.Request.Query);
        var cluster = query.Cluster();
        var (version, wait) = query.Watch();
        if (query.Finish() is { } problem)
            return problem;
        if (!ApiNames.IsService(name))
            return Answers.NotFound($"service {name} in cluster {cluster}");
        var service = grains.GetGrain<IServiceGrain>(GrainKeys.Service(cluster, name));
        var endpoints = await service.Endpoints(0, TimeSpan.Zero, http.RequestAborted);
        if (version is { } known)
            endpoints = await poll.Until(endpoints, list => list.Version != known, (step, token) => service.Endpoints(known, step, token), wait, http.RequestAborted);
        return Answers.Of(endpoints, $"service {name} in cluster {cluster}");
    }
}
