using OrleansCluster.Silo.Api.Input;

namespace OrleansCluster.Silo.Api.Endpoints;

internal static class ServiceEndpointListEndpoints
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/services/{name}/endpoints", Get)
            .Describe(
                "getServiceEndpoints",
                "Lists where a service is reached: its tasks that run, are healthy and are to stay. With \"version\" and \"wait\" it answers once the list is another one.",
                QueryParameters.EndpointsVersion, QueryParameters.EndpointsWait)
            .Produces<OrleansCluster.ServiceEndpoints>().Refuses(404);

    private static async Task<IResult> Get(string name, HttpContext http, EndpointWatch watch)
    {
        var query = new QueryReader(http.Request.Query);
        var cluster = query.Cluster();
        var version = query.Number(QueryParameters.EndpointsVersion);
        var wait = TimeSpan.FromSeconds(query.Number(QueryParameters.EndpointsWait) ?? 0);
        if (query.Finish() is { } problem)
            return problem;
        var endpoints = ApiNames.IsService(name) ? await watch.Get(GrainKeys.Service(cluster, name), version, wait, http.RequestAborted) : null;
        return Answers.Of(endpoints, $"service {name} in cluster {cluster}");
    }
}
